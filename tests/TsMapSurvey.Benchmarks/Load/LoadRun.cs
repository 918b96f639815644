using System.Diagnostics;
using System.Globalization;

namespace TsMapSurvey.Benchmarks.Load;

/// <summary>
/// One row of the scale table: so many silos take so many observations of a sky of so many tiles, first all at once, then one after the
/// other at a rate; then all of them are killed and one comes back.
/// </summary>
internal sealed class LoadRun(string tsmap, string work, string? redis, int silos, int observations, int tiles, double rate)
{
    private const int Late = 40;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private readonly LoadSky _sky = new(tiles);
    private readonly string _store = Path.Combine(work, "store");

    public const string Header =
        "| silos | tiles | observations | per second | processor, first tenth | last tenth | blob to fresh map, median | p95 | memory a "
            + "silo, first tenth | at the end | restart to a tile's stack |\n|---|---|---|---|---|---|---|---|---|---|---|";

    public async Task<string> RowAsync()
    {
        Directory.CreateDirectory(Path.Combine(_store, "observations"));
        var made = Directory.CreateDirectory(Path.Combine(work, "made")).FullName;
        var survey = (File: Path.Combine(work, "survey.json"), LoadSky.Name);
        await File.WriteAllTextAsync(survey.File, _sky.Json);
        Parallel.For(0, observations + Late, i => File.WriteAllBytes(Path.Combine(made, NameOf(i)), _sky.Observation(i)));
        var running = new List<LoadSilo>();
        try
        {
            // One is warm before the clock starts: its code is compiled, the survey's template is written.
            for (var i = 0; i < silos; i++) running.Add(await LoadSilo.StartAsync(tsmap, survey, _store, redis));
            Put(made, observations);
            await UntilStackedAsync(running[0], 1);
            var (seconds, first, last, memory) = await BurstAsync(running, made);
            var (latencies, tile) = await OneByOneAsync(running, made);
            running.ForEach(silo => silo.Dispose());
            running.Clear();
            var began = Stopwatch.GetTimestamp();
            running.Add(await LoadSilo.StartAsync(tsmap, survey, _store, redis));
            var up = Stopwatch.GetElapsedTime(began);
            await running[0].StackAsync(tile);
            var back = Stopwatch.GetElapsedTime(began) - up;
            return string.Create(CultureInfo.InvariantCulture,
                $"| {silos} | {tiles} | {observations} | {observations / seconds:0} | {first:0.0} ms | {last:0.0} ms | "
                    + $"{latencies[latencies.Count / 2]:0} ms | {latencies[latencies.Count * 95 / 100]:0} ms | {memory[0]:0} MB | "
                    + $"{memory[^1]:0} MB | {back.TotalSeconds:0.00} s |");
        }
        finally
        {
            running.ForEach(silo => silo.Dispose());
        }
    }

    /// <summary>
    /// Seconds until all are stacked, the processor time of one observation among the first and the last tenth, and the memory of a silo
    /// after each.
    /// </summary>
    private async Task<(double Seconds, double First, double Last, List<double> MemoryMB)> BurstAsync(List<LoadSilo> running, string made)
    {
        var began = Stopwatch.GetTimestamp();
        var (marks, memory) = (new List<(int Stacked, double Worked)> { (1, Worked(running)) }, new List<double>());
        for (var i = 0; i < observations; i++) Put(made, i);
        for (var tenth = 1; tenth <= 10; tenth++)
        {
            marks.Add((await UntilStackedAsync(running[0], observations * tenth / 10 + 1), Worked(running)));
            memory.Add(running.Average(silo => silo.MemoryMB));
            await Console.Error.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{marks[^1].Stacked} stacked, {memory[^1]:0} MB a silo"));
        }

        double Cost(int from, int to) => (marks[to].Worked - marks[from].Worked) / int.Max(1, marks[to].Stacked - marks[from].Stacked);
        return (Stopwatch.GetElapsedTime(began).TotalSeconds, Cost(0, 1), Cost(9, 10), memory);
    }

    private async Task<(List<double> Latencies, string LastTile)> OneByOneAsync(List<LoadSilo> running, string made)
    {
        var (latencies, last) = (new List<double>(), "");
        for (var i = observations + 1; i < observations + Late; i++)
        {
            var (began, silo) = (Stopwatch.GetTimestamp(), running[i % running.Count]);
            Put(made, i);
            string[]? touched;
            while ((touched = await silo.TilesOfAsync(NameOf(i))) is null) await Task.Delay(Look);
            await Task.WhenAll(touched.Select(silo.FreshMapAsync));
            var took = Stopwatch.GetElapsedTime(began);
            latencies.Add(took.TotalMilliseconds);
            last = touched[0];
            if (TimeSpan.FromSeconds(1 / rate) is var pause && pause > took) await Task.Delay(pause - took);
        }

        latencies.Sort();
        return (latencies, last);
    }

    private static async Task<int> UntilStackedAsync(LoadSilo silo, int count)
    {
        while (true)
        {
            var (stacked, bad) = await silo.StatusAsync();
            if (bad > 0) throw new InvalidOperationException($"{bad} observations were quarantined");
            if (stacked >= count) return stacked;
            await Task.Delay(Look);
        }
    }

    private static double Worked(List<LoadSilo> running) => running.Sum(silo => silo.Worked.TotalMilliseconds);

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"load-{index:D6}.fits.gz");

    /// <summary>Whole, or not at all: a rename.</summary>
    private void Put(string made, int index) =>
        File.Move(Path.Combine(made, NameOf(index)), Path.Combine(_store, "observations", NameOf(index)));
}
