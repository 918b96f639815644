using System.CommandLine;

namespace TsMapSurvey.Cli.Commands;

/// <summary>How a survey stands.</summary>
internal static class StatusCommand
{
    public static Command Create() => ClientCommand.Create(
        "status", "Show how a survey stands: observations by state, tiles, revision", [],
        async (client, survey, _, cancellationToken) =>
            await client.GetAsync($"/api/surveys/{Uri.EscapeDataString(survey)}/status", cancellationToken));
}
