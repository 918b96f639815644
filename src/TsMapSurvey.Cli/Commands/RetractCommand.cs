using System.CommandLine;

namespace TsMapSurvey.Cli.Commands;

/// <summary>Takes an observation out of a survey.</summary>
internal static class RetractCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("OBSERVATION") { Description = "The observation's name" };
        return ClientCommand.Create(
            "retract", "Take an observation out of every tile", [name],
            async (client, survey, parsed, cancellationToken) => await client.PostAsync(
                $"/api/surveys/{Uri.EscapeDataString(survey)}/observations/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}/retract", cancellationToken),
            ClientCommand.Properties);
    }
}
