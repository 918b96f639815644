using System.Globalization;

namespace TsMapSurvey.Chaos;

/// <param name="Seed">Of the first run.</param>
/// <param name="Minutes">Of one long run; null: short ones.</param>
/// <param name="WithoutConditions">The planted bug.</param>
/// <param name="Rivals">No faults, only two clusters on one store.</param>
internal sealed record ChaosOptions(
    int Seed, int Runs, double? Minutes, string? Tsmap, bool WithoutConditions, bool Rivals, bool Keep, bool Quiet);

/// <summary>Runs, one after the other, and a line about each.</summary>
internal static class ChaosRuns
{
    /// <returns>0 when all runs were good; with the planted bug, when one was not.</returns>
    public static async Task<int> PlayAsync(ChaosOptions options, CancellationToken cancellationToken)
    {
        await using var ground = await Ground.PrepareAsync(options.Tsmap);
        var outcomes = new List<Outcome>();
        for (var run = 0; run < (options.Minutes is null ? options.Runs : 1) && !cancellationToken.IsCancellationRequested; run++)
        {
            var schedule = options switch
            {
                { Minutes: not null } => Schedule.Long(options.Seed),
                { Rivals: true } => Schedule.Rivals(options.Seed + run),
                _ => Schedule.Short(options.Seed + run),
            };
            var timeline = new List<string>();
            var outcome = await Run.PlayAsync(ground, schedule, TimeSpan.FromMinutes(options.Minutes ?? 0), options.WithoutConditions,
                options.Keep, options.Quiet ? timeline.Add : Console.WriteLine);
            outcomes.Add(outcome);
            if (options.Quiet && outcome.Violations.Count > 0 && !options.WithoutConditions) timeline.ForEach(Console.WriteLine);
            Console.WriteLine(Line(outcome));
            if (options.WithoutConditions && outcome.Violations.Count > 0) break;
        }

        var bad = outcomes.Where(outcome => outcome.Violations.Count > 0).ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{outcomes.Count} runs in {outcomes.Sum(outcome => outcome.Took.TotalSeconds):0} s, {outcomes.Sum(outcome => outcome.Kills)} "
                + $"silos killed, {bad.Length} runs "
                + $"failed{(bad.Length > 0 ? $" (seeds {string.Join(", ", bad.Select(outcome => outcome.Schedule.Seed))})" : "")}"));
        if (bad.Length == 0 && !options.Keep) Directory.Delete(ground.Folder, recursive: true);
        return bad.Length > 0 == options.WithoutConditions ? 0 : 1;
    }

    private static string Line(Outcome outcome)
    {
        var line = string.Create(CultureInfo.InvariantCulture,
            $"{outcome.Schedule.Shown}: {(outcome.Violations.Count == 0 ? "good" : "FAILED")} in {outcome.Took.TotalSeconds:0.0} s; "
                + $"{outcome.Kills} killed, {outcome.EndedThemselves} ended by themselves, {outcome.Struck} requests struck, "
                + $"{outcome.Acknowledged} deeds acknowledged");
        return outcome.Violations.Count == 0
            ? line : $"{line}\n    {string.Join("\n    ", outcome.Violations)}\n    evidence: {outcome.Evidence}";
    }
}
