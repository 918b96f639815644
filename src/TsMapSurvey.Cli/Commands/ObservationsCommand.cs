using System.CommandLine;
using System.Text.Json;
using TsMapSurvey.Cli.Terminal;

namespace TsMapSurvey.Cli.Commands;

internal static class ObservationsCommand
{
    private const int PageSize = 500;

    private static readonly string[] States =
        ["received", "planned", "stacking", "stacked", "quarantined", "changed", "retracting", "retracted"];

    public static Command Create()
    {
        var state = new Option<string?>("--state") { Description = $"Only observations in this state: {string.Join(", ", States)}" };
        state.Validators.Add(result =>
        {
            if (result.Tokens is [var word] && Choice.Find(word.Value, States) is null)
                result.AddError(Choice.Problem(state.Name, word.Value, States));
        });
        return ClientCommand.Create(
            "observations", "List the observations with their states, since when, and why", [state],
            async (client, survey, parsed, cancellationToken) =>
                JsonSerializer.SerializeToElement(await AllAsync(client, survey, parsed.GetValue(state), cancellationToken)),
            [
                AnswerColumn.Of("name"), AnswerColumn.Of("state"), AnswerColumn.Of("changedAt", "UTC"), AnswerColumn.Of("tiles"),
                AnswerColumn.Of("reason"),
            ]);
    }

    public static async Task<IReadOnlyList<JsonElement>> AllAsync(
        ServerClient client, string survey, string? state, CancellationToken cancellationToken)
    {
        var filter = state is null ? "" : $"&state={Choice.Find(state, States)}";
        var path = $"/api/surveys/{Uri.EscapeDataString(survey)}/observations?limit={PageSize}{filter}";
        var all = new List<JsonElement>();
        var page = await client.GetAsync(path, cancellationToken);
        while (true)
        {
            all.AddRange(page.EnumerateArray());
            if (page.GetArrayLength() < PageSize) return all;
            var after = all[^1].GetProperty("name").GetString()!;
            page = await client.GetAsync($"{path}&after={Uri.EscapeDataString(after)}", cancellationToken);
        }
    }
}
