using System.Diagnostics;
using System.Globalization;
using TsMapSurvey.Benchmarks.Load;

namespace TsMapSurvey.Benchmarks.Ingestion;

/// <summary>
/// The H.E.S.S. observations of the shared data, under as many names as wanted, on their way into a server: how many go in while more
/// wait, and how late the maps of one are that comes alone. Both are measured from outside, by files that appear in the store and by HTTP.
/// </summary>
internal sealed class IngestRun(string tsmap, string work, int count)
{
    private const int Late = 31;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>Less than what is measured, and long enough to leave the server alone.</summary>
    private static readonly TimeSpan LateLook = TimeSpan.FromMilliseconds(3);

    private readonly string _observations = Path.Combine(work, "store", "observations");
    private readonly string _made = Path.Combine(work, "made");

    /// <summary>One line for each number: its name, and the value in ms or MB.</summary>
    public async Task PrintAsync()
    {
        Directory.CreateDirectory(_observations);
        Directory.CreateDirectory(_made);
        var survey = (File: Path.Combine(work, "survey.json"), Name: "hess-rxj1713");
        await File.WriteAllTextAsync(survey.File, IngestPhases.Survey);
        var files = IngestPhases.Files();
        for (var i = 0; i < 1 + count + Late; i++) File.Copy(files[i % files.Length], Path.Combine(_made, NameOf(i)));
        using var silo = await LoadSilo.StartAsync(tsmap, survey, Path.Combine(work, "store"), null);
        // The first one brings the survey's template; what follows is as on any other day.
        Put(0);
        await UntilStackedAsync(silo, 1);
        var (began, before) = (Stopwatch.GetTimestamp(), silo.Worked);
        for (var i = 1; i <= count; i++) Put(i);
        await UntilStackedAsync(silo, 1 + count);
        Print("each", Stopwatch.GetElapsedTime(began).TotalMilliseconds / count);
        Print("processor", (silo.Worked - before).TotalMilliseconds / count);
        Print("memory", silo.MemoryMB);
        var latencies = new List<double>();
        for (var i = 1 + count; i < 1 + count + Late; i++) latencies.Add(await LatencyAsync(silo, i));
        Print("latency", WarmTimes.Median(latencies));
        Print("latency-worst", WarmTimes.Of(latencies)[^1]);
    }

    /// <summary>From the file's place in the store to the last of its tiles' maps of the new stack.</summary>
    private async Task<double> LatencyAsync(LoadSilo silo, int index)
    {
        var began = Stopwatch.GetTimestamp();
        Put(index);
        string[]? tiles;
        while ((tiles = await silo.TilesOfAsync(NameOf(index))) is null) await Task.Delay(LateLook);
        await Task.WhenAll(tiles.Select(silo.FreshMapAsync));
        var took = Stopwatch.GetElapsedTime(began);
        await Task.Delay(TimeSpan.FromSeconds(0.5));
        return took.TotalMilliseconds;
    }

    private static async Task UntilStackedAsync(LoadSilo silo, int wanted)
    {
        while (await silo.StatusAsync() is var (stacked, bad) && stacked < wanted)
        {
            if (bad > 0) throw new InvalidOperationException($"{bad} observations were quarantined");
            await Task.Delay(Look);
        }
    }

    private static void Print(string name, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.0}"));

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"hess-{index:D5}.fits.gz");

    /// <summary>Whole, or not at all: a rename.</summary>
    private void Put(int index) => File.Move(Path.Combine(_made, NameOf(index)), Path.Combine(_observations, NameOf(index)));
}
