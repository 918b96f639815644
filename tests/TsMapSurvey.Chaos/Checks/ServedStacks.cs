using System.Net.Http.Json;
using System.Text.Json;
using TsMapSurvey.Fits;

namespace TsMapSurvey.Chaos;

/// <summary>What the silos answer, where one cluster has the store for itself: of several, one may have an older stack in memory.</summary>
internal static class ServedStacks
{
    /// <param name="withMosaic">Also the mosaic, for which every tile computes its map.</param>
    public static async Task<IReadOnlyList<string>> CheckAsync(IReadOnlyList<SiloPlace> silos, Expectation expected, bool withMosaic)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
        var problems = new List<string>();
        foreach (var (silo, number) in silos.Select((silo, number) => (silo, number)))
        {
            if (silo.Address is not { } address) continue;
            try
            {
                problems.AddRange((await OfAsync(http, new Uri(address, $"/api/surveys/{expected.Survey.Name}/"), expected, withMosaic))
                    .Select(problem => $"silo {number} answers: {problem}"));
                break;
            }
            catch (HttpRequestException bad)
            {
                problems.Add($"silo {number} does not answer: {bad.Message}");
            }
        }

        return problems;
    }

    private static async Task<IReadOnlyList<string>> OfAsync(HttpClient http, Uri survey, Expectation expected, bool withMosaic)
    {
        var problems = new List<string>();
        foreach (var tile in expected.Survey.Tiling.All())
        {
            if (expected.Of(tile) is not { Count: > 0 } wanted) continue;
            var found = (await http.GetFromJsonAsync<JsonElement[]>(new Uri(survey, $"tiles/{tile}/observations")))!.Select(
                entry => entry.GetProperty("name").GetString());
            if (!found.SequenceEqual(wanted.Select(version => version.Name))) problems.Add(
                $"tile {tile} has {string.Join(", ", found)}, expected {string.Join(", ", wanted.Select(version => version.Name))}");
        }

        if (!withMosaic || expected.Wanted.Count == 0) return problems;
        using var content = new MemoryStream(await http.GetByteArrayAsync(new Uri(survey, "mosaic/counts.fits?fresh=true&timeout=40")));
        using var mosaic = FitsFile.Open(content, "counts.fits");
        var sum = mosaic.Hdus.OfType<FitsImage>().First(image => image.Count > 0).ReadDoubles().Where(double.IsFinite).Sum();
        if (sum != expected.Counts) problems.Add($"the mosaic has {sum} counts, expected {expected.Counts}");
        return problems;
    }
}
