using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Notices;

namespace TsMapSurvey.Server.Settings;

/// <summary>Checks the settings of queue and webhook. Messages never contain a key.</summary>
internal static class IntakeProblems
{
    public static IEnumerable<string> OfQueue(ServerSettings settings)
    {
        if (settings.IntakeQueue is { } queue && SettingsProblems.StoreProblem(settings.Store) is null
            && QueueProblem(queue, settings.Store) is { } problem)
            yield return problem;
    }

    public static IEnumerable<string> OfWebhook(ServerSettings settings)
    {
        if (settings.IntakeWebhookKey is { } key
            && (key.Length is < AccessProblems.MinKeyLength or > AccessProblems.MaxKeyLength
                || !key.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')))
            yield return $"Intake:WebhookKey: found {key.Length} characters, expected {AccessProblems.MinKeyLength} to "
                + $"{AccessProblems.MaxKeyLength} of A-Z, a-z, 0-9, - and _, so that a URL can contain the key";
    }

    private static string? QueueProblem(string queue, string store)
    {
        try
        {
            NoticeQueues.Open(queue, store);
            return null;
        }
        catch (StorageException exception)
        {
            return $"Intake:Queue: {exception.Message}";
        }
    }
}
