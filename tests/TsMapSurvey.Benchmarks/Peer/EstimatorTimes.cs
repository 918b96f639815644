using System.Diagnostics;
using TsMapSurvey.Maps.Estimators;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Testing;

namespace TsMapSurvey.Benchmarks.Peer;

/// <summary>Seconds of the estimator alone, kernel, inputs and fit, in this process: the first run, and the median of those after it.</summary>
internal static class EstimatorTimes
{
    public static (double First, double Median) Of(PeerCase one, int repeats, int threads)
    {
        var dataset = MapDatasetFile.Read(Shared.Path(one.Dataset.Split('/')));
        var estimator = new TsMapEstimator(one.Options with { NJobs = threads });
        var times = new double[repeats];
        for (var i = 0; i < repeats; i++)
        {
            var began = Stopwatch.GetTimestamp();
            estimator.Run([dataset]);
            times[i] = Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        double[] warm = [.. times.Skip(repeats / 3).Order()];
        return (times[0], warm[warm.Length / 2]);
    }
}
