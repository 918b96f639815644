using System.CommandLine;
using System.Globalization;

namespace TsMapSurvey.Cli.Commands;

/// <summary>The peaks of a survey's map.</summary>
internal static class CandidatesCommand
{
    public static Command Create()
    {
        var least = new Option<double>("--min-sqrt-ts") { Description = "Weakest peak", DefaultValueFactory = _ => 5 };
        var map = new Option<string?>("--map") { Description = "Which of the survey's maps [default: the first]" };
        return ClientCommand.Create(
            "candidates", "List source candidates: position, significance, flux", [least, map],
            async (client, survey, parsed, cancellationToken) => await client.GetAsync(
                string.Create(CultureInfo.InvariantCulture, $"/api/surveys/{Uri.EscapeDataString(survey)}/candidates.json?min_sqrt_ts={parsed.GetValue(least)}")
                + (parsed.GetValue(map) is { } name ? $"&map={Uri.EscapeDataString(name)}" : ""), cancellationToken),
            ClientCommand.Rows);
    }
}
