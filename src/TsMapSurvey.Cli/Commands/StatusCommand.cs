using System.CommandLine;

namespace TsMapSurvey.Cli.Commands;

internal static class StatusCommand
{
    public static Command Create() => ClientCommand.Create(
        "status", "Show the state of a survey: observations by state, tiles, revision, warnings", [],
        async (client, survey, _, cancellationToken) =>
            await client.GetAsync($"/api/surveys/{Uri.EscapeDataString(survey)}/status", cancellationToken));
}
