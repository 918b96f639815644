using System.CommandLine;
using System.Text.Json;
using TsMapSurvey.Cli.Terminal;

namespace TsMapSurvey.Cli.Commands;

/// <summary>The observations of a survey with their states.</summary>
internal static class ObservationsCommand
{
    private static readonly string[] States = ["received", "planned", "stacking", "stacked", "quarantined", "changed", "retracting", "retracted"];

    public static Command Create()
    {
        var state = new Option<string?>("--state") { Description = $"Only those in this state: {string.Join(", ", States)}" };
        state.AcceptOnlyFromAmong(States);
        return ClientCommand.Create(
            "observations", "List the observations with their states, when they came into them, and why", [state],
            async (client, survey, parsed, cancellationToken) =>
                JsonSerializer.SerializeToElement(await AllAsync(client, survey, parsed.GetValue(state), cancellationToken)),
            ClientCommand.Rows);
    }

    /// <summary>Page by page.</summary>
    public static async Task<IReadOnlyList<JsonElement>> AllAsync(ServerClient client, string survey, string? state, CancellationToken cancellationToken)
    {
        var path = $"/api/surveys/{Uri.EscapeDataString(survey)}/observations?limit={MostOnAPage}" + (state is null ? "" : $"&state={state}");
        var all = new List<JsonElement>();
        for (var (page, after) = (await client.GetAsync(path, cancellationToken), ""); ; page = await client.GetAsync($"{path}&after={Uri.EscapeDataString(after)}", cancellationToken))
        {
            all.AddRange(page.EnumerateArray());
            if (page.GetArrayLength() < MostOnAPage) return all;
            after = all[^1].GetProperty("name").GetString()!;
        }
    }

    private const int MostOnAPage = 500;
}
