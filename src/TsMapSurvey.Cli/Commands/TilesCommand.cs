using System.CommandLine;
using TsMapSurvey.Cli.Terminal;

namespace TsMapSurvey.Cli.Commands;

internal static class TilesCommand
{
    public static Command Create() => ClientCommand.Create(
        "tiles", "List the tiles with their revisions", [],
        async (client, survey, _, cancellationToken) =>
            await client.GetAsync($"/api/surveys/{Uri.EscapeDataString(survey)}/tiles", cancellationToken),
        [
            AnswerColumn.Of("tile"), AnswerColumn.Of("ra", "deg"), AnswerColumn.Of("dec", "deg"), AnswerColumn.Of("revision"),
            AnswerColumn.Of("observations"),
            AnswerColumn.Of("maxSqrtTs"), AnswerColumn.Of("stale"), AnswerColumn.Of("fault"),
        ]);
}
