using System.Text.Json;
using TsMapSurvey.Fits;

namespace TsMapSurvey.Hostile.Tests;

/// <summary>How a server's answers stand to the right ones.</summary>
internal enum Verdict
{
    /// <summary>Each is the right one.</summary>
    Right,

    /// <summary>Those that are not whole say which tiles are missing; all else is right.</summary>
    SaysWhatIsMissing,

    /// <summary>Some are to come: 202, 503, or called stale.</summary>
    NotYet,
}

/// <summary>What a survey is asked, and what came: numbers by what they are of.</summary>
internal sealed record RightAnswers(IReadOnlyDictionary<string, double[]> Values, byte[] JobMaps)
{
    /// <summary>The bound to which maps that are made again of the same stack agree.</summary>
    private const double Tolerance = 1e-6;

    private const string Fresh = "fresh=true&timeout=20";
    private const int Tiles = 6;
    private const string Surveys = "/api/surveys";

    private static readonly string[] Numbers = ["ts", "sqrtTs", "flux", "fluxErr", "fluxUl", "counts", "background", "exposure"];

    public static async Task<RightAnswers> ReadAsync(HostileServer server, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, double[]>();
        foreach (var question in Questions())
        {
            var answer = await server.UntilAsync(Ask.Get(question), one => one.Status == 200 && !IsStale(one), cancellationToken);
            values[question] = Read(question, answer.Bytes);
        }

        Assert.True(values.Values.All(numbers => numbers.Length > 0), "some answer has no numbers");
        return new RightAnswers(values, []);
    }

    /// <summary>Asks until all answers are right; what is wrong and does not say so fails at once.</summary>
    /// <param name="onlySmall">Whether the other survey is not asked.</param>
    public async Task AssertServedAsync(HostileServer server, CancellationToken cancellationToken, bool onlySmall = false)
    {
        var limit = DateTime.UtcNow + HostileServer.LongestWait;
        var open = Values.Keys.Where(
            question => !onlySmall || !question.StartsWith($"{Surveys}/{SmallSky.Other}/", StringComparison.Ordinal)).ToList();
        while (true)
        {
            var (left, last) = (new List<string>(), "");
            foreach (var question in open)
            {
                var answer = await server.SendAsync(Ask.Get(question), cancellationToken);
                if (Judge(question, answer) == Verdict.Right) continue;
                left.Add(question);
                last = $"{question}: {(IsText(answer) ? answer.Shown : $"{answer.Status}")}, missing {MissingOf(answer) ?? "nothing"}";
            }

            if (left.Count == 0) return;
            Assert.True(DateTime.UtcNow < limit, $"not right again: {last}\n{server.Said}");
            open = left;
            await Task.Delay(100, cancellationToken);
        }
    }

    /// <summary>All four observations are stacked, and nothing is called faulty or missing.</summary>
    public async Task AssertStatusAsync(HostileServer server, CancellationToken cancellationToken)
    {
        var status = await server.UntilAsync(Ask.Get($"{Surveys}/{SmallSky.Survey}/status"), answer =>
            answer.Status == 200 && answer.Json.GetProperty("stacked").GetInt32() == 4, cancellationToken);
        Assert.Equal(JsonValueKind.Null, status.Json.GetProperty("fault").ValueKind);
        Assert.True(!status.Json.TryGetProperty("missing", out var missing) || missing.GetArrayLength() == 0, status.Shown);
    }

    /// <summary>The job that was done still gives its maps.</summary>
    public async Task AssertJobAsync(HostileServer server, CancellationToken cancellationToken)
    {
        var ask = Ask.Get($"/api/compute/{StoreTemplate.Job}/maps.fits");
        var answer = await server.UntilAsync(ask, one => one.Status == 200, cancellationToken);
        var (found, expected) = (Read(ask.Path, answer.Bytes), Read(ask.Path, JobMaps));
        if (!Same(found, expected)) Assert.Fail($"{ask}: {Difference(found, expected)}");
    }

    private Verdict Judge(string question, Answer answer)
    {
        Assert.True(answer.Status is 200 or 202 or 503, $"{question}: {answer.Shown}");
        if (answer.Status != 200) return Verdict.NotYet;
        var (found, missing) = (Read(question, answer.Bytes), MissingOf(answer));
        if (Same(found, Values[question])) return Verdict.Right;
        if (IsStale(answer)) return Verdict.NotYet;
        if (missing is null) Assert.Fail(
            $"{question}: served another value as right ({Difference(found, Values[question])}): "
            + $"{(IsText(answer) ? answer.Shown : answer.ContentType)}");
        return Verdict.SaysWhatIsMissing;
    }

    /// <summary>Pixels that are missing are not numbers; all others have to be as they were.</summary>
    private static bool Same(double[] found, double[] expected) =>
        found.Length == expected.Length && found.Zip(expected).All(pair => Agree(pair.First, pair.Second));

    private static bool Agree(double found, double expected) =>
        found.Equals(expected) || Math.Abs(found - expected) <= Tolerance * Math.Max(1e-13, Math.Abs(expected));

    private static string Difference(double[] found, double[] expected)
    {
        if (found.Length != expected.Length) return $"{found.Length} numbers, expected {expected.Length}";
        var at = 0;
        while (Agree(found[at], expected[at])) at++;
        return FormattableString.Invariant($"number {at}: {found[at]:R}, expected {expected[at]:R}");
    }

    private static bool IsText(Answer answer) => answer.ContentType?.Contains("json", StringComparison.Ordinal) == true;

    private static string? MissingOf(Answer answer) => answer.Header("Tsmap-Missing-Tiles");

    private static bool IsStale(Answer answer) => answer.Header("Tsmap-Stale") == "true";

    private static IEnumerable<string> Questions()
    {
        foreach (var survey in new[] { SmallSky.Survey, SmallSky.Other })
        {
            var root = $"{Surveys}/{survey}";
            yield return $"{root}/candidates?min_sqrt_ts=3&{Fresh}";
            yield return $"{root}/mosaic/sqrt_ts.fits?{Fresh}";
            yield return $"{root}/mosaic/counts.fits?{Fresh}";
            yield return $"{root}/mosaic/sqrt_ts.json?{Fresh}";
        }

        for (var tile = 0; tile < Tiles; tile++)
        {
            var (column, row) = (tile % 3, tile / 3);
            yield return $"{Surveys}/small/pixel/{column * SmallSky.TilePixels + 7},{row * SmallSky.TilePixels + 11}?{Fresh}";
            yield return $"{Surveys}/small/tiles/x{column:D3}y{row:D3}/maps/point.fits?{Fresh}";
            yield return $"{Surveys}/small/tiles/x{column:D3}y{row:D3}/dataset.fits.gz";
        }
    }

    private static double[] Read(string question, byte[] bytes)
    {
        if (question.Contains(".fits", StringComparison.Ordinal))
        {
            using var file = FitsFile.Open(new MemoryStream(bytes), question);
            return [.. file.Hdus.OfType<FitsImage>().Where(image => image.Count > 0).SelectMany(image => image.ReadDoubles())];
        }

        using var document = JsonDocument.Parse(bytes);
        var json = document.RootElement;
        if (json.ValueKind == JsonValueKind.Array) return [
            .. json.EnumerateArray().SelectMany(candidate => Of(candidate, ["ra", "dec", "sqrtTs", "ts", "flux", "fluxErr", "posErr"]))];
        return [.. Of(json, question.Contains("/pixel/", StringComparison.Ordinal) ? Numbers : ["width", "height", "min", "max"])];
    }

    private static IEnumerable<double> Of(JsonElement json, IEnumerable<string> names) =>
        names.Select(name => json.GetProperty(name))
            .Select(value => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN);
}
