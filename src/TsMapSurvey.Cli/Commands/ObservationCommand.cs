using System.CommandLine;
using System.Net;
using System.Text.Json;
using TsMapSurvey.Cli.Terminal;

namespace TsMapSurvey.Cli.Commands;

/// <summary>What one can ask of one observation.</summary>
internal static class ObservationCommand
{
    private const int ShortestPart = 3;

    public static Command Retract() =>
        Create("retract", "Take an observation out of every tile, and keep it out until another version comes or a retry is asked for");

    public static Command Retry() =>
        Create("retry", "Have an observation that is quarantined or retracted read again, and stacked if it is good");

    private static Command Create(string verb, string description)
    {
        var name = new Argument<string>("OBSERVATION") { Description = "The observation's name, as tsmap observations shows it" };
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
        catch (FailedException unknown) when (unknown.Status == HttpStatusCode.NotFound)
        {
            var observations = await ObservationsCommand.AllAsync(client, survey, null, cancellationToken);
            string[] names = [.. observations.Select(observation => observation.GetProperty("name").GetString()!)];
            if (names.Contains(name) || Meant(name, names) is not { } meant) throw;
            throw CliErrors.UnknownObservation(survey, name, meant);
        }
    }

    /// <summary>The nearest name; else one that what was typed is a part of, as where folder or ending are left out.</summary>
    private static string? Meant(string typed, string[] names) =>
        NearestName.Of(typed, names)
        ?? (typed.Length < ShortestPart ? null : Array.Find(names, name => name.Contains(typed, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Slashes of a name part the path.</summary>
    private static string Path(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
}
