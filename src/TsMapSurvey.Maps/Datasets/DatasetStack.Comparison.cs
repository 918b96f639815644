namespace TsMapSurvey.Maps.Datasets;

public sealed partial class DatasetStack
{
    /// <summary>Compares everything in two stacks of the same shape.</summary>
    /// <exception cref="MapException">The shapes differ.</exception>
    public StackDifference DifferenceFrom(DatasetStack other)
    {
        if (other._counts.Length != _counts.Length || other._exposure.Length != _exposure.Length)
            throw MapErrors.BadGeometry("the other stack",
                $"found {other._counts.Length} values of counts and {other._exposure.Length} of exposure, "
                + $"expected {_counts.Length} and {_exposure.Length}");
        var (largest, where) = (0.0, "");
        void Compare(string name, ReadOnlySpan<double> one, ReadOnlySpan<double> two)
        {
            if (one.Length != two.Length)
            {
                (largest, where) = (double.PositiveInfinity, name);
                return;
            }

            for (var i = 0; i < one.Length; i++)
            {
                if (one[i].Equals(two[i])) continue;
                var relative = Math.Abs(one[i] - two[i]) / Math.Max(Math.Abs(one[i]), Math.Abs(two[i]));
                if (!(relative <= largest)) (largest, where) = (relative, name);
            }
        }

        Compare("background", _background, other._background);
        Compare("exposure", _exposure, other._exposure);
        Compare("PSF exposure", _psf?.WeightSums, other._psf?.WeightSums);
        Compare("PSF", _psf?.ValueSums, other._psf?.ValueSums);
        Compare("EDISP exposure", _edisp?.WeightSums, other._edisp?.WeightSums);
        Compare("EDISP", _edisp?.ValueSums, other._edisp?.ValueSums);
        Compare("live time", [_liveTimeS], [other._liveTimeS]);
        Compare("time intervals", Times(), other.Times());
        return new StackDifference(
            ObservationCount - other.ObservationCount, CountUnequal(_counts, other._counts),
            CountUnequal(_coverage, other._coverage)
                + CountUnequal(_fitCoverage ?? new int[_coverage.Length], other._fitCoverage ?? new int[_coverage.Length]), largest, where);
    }

    private double[] Times() => [.. _intervals.OrderBy(interval => interval.StartS).ThenBy(interval => interval.StopS)
        .SelectMany(interval => new[] { interval.StartS, interval.StopS })];

    private static int CountUnequal<T>(T[] one, T[] two)
        where T : IEquatable<T>
    {
        var count = 0;
        for (var i = 0; i < one.Length; i++)
            if (!one[i].Equals(two[i])) count++;
        return count;
    }
}
