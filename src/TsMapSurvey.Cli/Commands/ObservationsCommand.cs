using System.CommandLine;
using System.Text.Json;
using TsMapSurvey.Cli.Terminal;

namespace TsMapSurvey.Cli.Commands;

/// <summary>The observations of a survey with their states.</summary>
internal static class ObservationsCommand
{
    private static readonly string[] States =
        ["received", "planned", "stacking", "stacked", "quarantined", "changed", "retracting", "retracted"];

    public static Command Create()
    {
        var state = new Option<string?>("--state") { Description = $"Only those in this state: {string.Join(", ", States)}" };
        state.Validators.Add(result =>
        {
            if (result.Tokens is [var word] && Choice.Find(word.Value, States) is null)
                result.AddError(Choice.Problem(state.Name, word.Value, States));
        });
        return ClientCommand.Create(
            "observations", "List the observations with their states, when they came into them, and why", [state],
            async (client, survey, parsed, cancellationToken) =>
                JsonSerializer.SerializeToElement(await AllAsync(client, survey, parsed.GetValue(state), cancellationToken)),
            [
                AnswerColumn.Of("name"), AnswerColumn.Of("state"), AnswerColumn.Of("changedAt", "UTC"), AnswerColumn.Of("tiles"),
                AnswerColumn.Of("reason"),
            ]);
    }

    /// <summary>Page by page.</summary>
    public static async Task<IReadOnlyList<JsonElement>> AllAsync(
        ServerClient client, string survey, string? state, CancellationToken cancellationToken)
    {
        var ofState = state is null ? "" : $"&state={Choice.Find(state, States)}";
        var path = $"/api/surveys/{Uri.EscapeDataString(survey)}/observations?limit={MostOnAPage}{ofState}";
        var all = new List<JsonElement>();
        var page = await client.GetAsync(path, cancellationToken);
        while (true)
        {
            all.AddRange(page.EnumerateArray());
            if (page.GetArrayLength() < MostOnAPage) return all;
            var after = all[^1].GetProperty("name").GetString()!;
            page = await client.GetAsync($"{path}&after={Uri.EscapeDataString(after)}", cancellationToken);
        }
    }

    private const int MostOnAPage = 500;
}
