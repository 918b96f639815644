using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Notices;

namespace TsMapSurvey.Server.Settings;

/// <summary>What can be wrong with the settings of queue and webhook. A key is not repeated.</summary>
internal static class IntakeProblems
{
    private const int ShortestKey = 16;
    private const int LongestKey = 200;

    public static IEnumerable<string> OfQueue(ServerSettings settings)
    {
        if (settings.IntakeQueue is { } queue && SettingsProblems.StoreProblem(settings.Store) is null
            && QueueProblem(queue, settings.Store) is { } problem)
            yield return problem;
    }

    public static IEnumerable<string> OfWebhook(ServerSettings settings)
    {
        if (settings.IntakeWebhookKey is { } key
            && (key.Length is < ShortestKey or > LongestKey
                || !key.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')))
            yield return $"Intake:WebhookKey: found {key.Length} characters, expected {ShortestKey} to {LongestKey} of A-Z, a-z, 0-9, - "
                + "and _, which an address can hold";
    }

    private static string? QueueProblem(string queue, string store)
    {
        try
        {
            NoticeQueues.Open(queue, store);
            return null;
        }
        catch (StorageException bad)
        {
            return $"Intake:Queue: {bad.Message}";
        }
    }
}
