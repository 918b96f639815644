using System.CommandLine;
using System.Net;
using System.Text.Json;
using TsMapSurvey.Cli.Terminal;

namespace TsMapSurvey.Cli.Commands;

internal static class ObservationCommand
{
    private const int MinPartLength = 3;

    public static Command Retract() =>
        Create("retract", "Remove an observation from every tile, and keep it out until another version arrives or tsmap retry is used");

    public static Command Retry() =>
        Create("retry", "Read a quarantined or retracted observation again, and stack it if it is valid");

    private static Command Create(string verb, string description)
    {
        var name = new Argument<string>("OBSERVATION") { Description = "Name of the observation, as listed by tsmap observations" };
        return ClientCommand.Create(
            verb, description, [name],
            (client, survey, parsed, cancellationToken) =>
                PostAsync(client, survey, parsed.GetRequiredValue(name), verb, cancellationToken),
            isWriting: true);
    }

    private static async Task<JsonElement> PostAsync(
        ServerClient client, string survey, string name, string verb, CancellationToken cancellationToken)
    {
        try
        {
            var address = $"/api/surveys/{Uri.EscapeDataString(survey)}/observations/{Path(name)}/{verb}";
            return await client.PostAsync(address, cancellationToken);
        }
        catch (FailedException exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            var observations = await ObservationsCommand.AllAsync(client, survey, null, cancellationToken);
            string[] names = [.. observations.Select(observation => observation.GetProperty("name").GetString()!)];
            if (names.Contains(name) || Nearest(name, names) is not { } nearest) throw;
            throw CliErrors.UnknownObservation(survey, name, nearest);
        }
    }

    /// <summary>The most similar name; else one that contains the typed text, for example without its ending.</summary>
    private static string? Nearest(string typed, string[] names) =>
        NearestName.Of(typed, names)
        ?? (typed.Length < MinPartLength ? null : Array.Find(names, name => name.Contains(typed, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Escapes the name, but not its slashes.</summary>
    private static string Path(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
}
