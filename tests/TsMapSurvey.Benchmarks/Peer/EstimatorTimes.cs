using System.Diagnostics;
using TsMapSurvey.Estimators;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Testing;

namespace TsMapSurvey.Benchmarks.Peer;

/// <summary>
/// Seconds of the estimator alone (kernel, inputs and fit) in this process: of the first run, and the median of those that follow.
/// </summary>
internal static class EstimatorTimes
{
    public static void Print(PeerCase one, int repeats, int threads)
    {
        var dataset = MapDatasetFile.Read(Shared.Path(one.Dataset.Split('/')));
        var estimator = new TsMapEstimator(one.Options with { NJobs = threads });
        var times = new double[1 + repeats];
        for (var i = 0; i < times.Length; i++)
        {
            var began = Stopwatch.GetTimestamp();
            estimator.Run([dataset]);
            times[i] = Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        Console.WriteLine(FormattableString.Invariant($"{times[0]:0.0000} {WarmTimes.Median(times):0.0000}"));
    }
}
