using System.CommandLine;

namespace TsMapSurvey.Cli.Commands;

/// <summary>What one can ask of one observation.</summary>
internal static class ObservationCommand
{
    public static Command Retract() => Create("retract", "Take an observation out of every tile, and keep it out until another version comes or a retry is asked for");

    public static Command Retry() => Create("retry", "Have an observation that is quarantined or retracted read again, and stacked if it is good");

    private static Command Create(string verb, string description)
    {
        var name = new Argument<string>("OBSERVATION") { Description = "The observation's name, as tsmap observations shows it" };
        return ClientCommand.Create(
            verb, description, [name],
            async (client, survey, parsed, cancellationToken) => await client.PostAsync(
                $"/api/surveys/{Uri.EscapeDataString(survey)}/observations/{Path(parsed.GetRequiredValue(name))}/{verb}", cancellationToken),
            ClientCommand.Properties, isWriting: true);
    }

    /// <summary>Slashes of a name part the path.</summary>
    private static string Path(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
}
