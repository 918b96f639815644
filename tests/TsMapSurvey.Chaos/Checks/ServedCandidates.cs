using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace TsMapSurvey.Chaos;

/// <summary>What a cluster answers of its maps, before something is damaged and afterwards.</summary>
internal sealed class ServedCandidates(Uri survey) : IDisposable
{
    /// <summary>A stack that is made again adds in another order.</summary>
    private const int Digits = 5;

    private static readonly string[] Quantities = ["ra", "dec", "sqrtTs"];
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>
    /// Has maps, mosaics and an export made, and tells the candidates. What is answered meanwhile may lack a tile as long as it says so,
    /// or fail; null where that does not end.
    /// </summary>
    public async Task<string?> MadeAsync(string tile)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Longest)
        {
            var made = true;
            foreach (var path in new[] { "mosaic/sqrt_ts.fits?fresh=true&timeout=40", "mosaic/counts.fits?fresh=true&timeout=40",
                $"tiles/{tile}/dataset.fits.gz" })
            {
                using var answer = await _http.GetAsync(new Uri(survey, path));
                made &= answer.StatusCode == HttpStatusCode.OK && !answer.Headers.Contains("Tsmap-Missing-Tiles");
            }

            if (made && await CandidatesAsync() is { } candidates) return candidates;
            await Task.Delay(Pause);
        }

        return null;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Positions and significances; null where some tile is missing or an older revision is shown.</summary>
    private async Task<string?> CandidatesAsync()
    {
        using var answer = await _http.GetAsync(new Uri(survey, "candidates?min_sqrt_ts=3&fresh=true&timeout=40"));
        if (answer.StatusCode != HttpStatusCode.OK || answer.Headers.Contains("Tsmap-Missing-Tiles")) return null;
        var told = (await answer.Content.ReadFromJsonAsync<JsonElement[]>())!;
        if (told.Any(candidate => candidate.GetProperty("stale").GetBoolean())) return null;
        return string.Join('\n', told.Select(candidate => string.Join(' ', Quantities.Select(
            name => Math.Round(candidate.GetProperty(name).GetDouble(), Digits).ToString(CultureInfo.InvariantCulture))))
            .Order(StringComparer.Ordinal));
    }
}
