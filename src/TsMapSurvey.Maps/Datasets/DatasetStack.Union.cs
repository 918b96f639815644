namespace TsMapSurvey.Maps.Datasets;

// A stack consists of sums, so stacks of disjoint sets of observations can be added to the stack of all of them.
public sealed partial class DatasetStack
{
    /// <summary>Adds another stack's sums. Adding the same stacks in the same order gives the same bits.</summary>
    /// <exception cref="MapException">The other stack has another shape; nothing was added.</exception>
    public void Add(DatasetStack other)
    {
        if (other._counts.Length != _counts.Length || other._exposure.Length != _exposure.Length
            || other._psf?.ValueSums.Length != _psf?.ValueSums.Length || other._edisp?.ValueSums.Length != _edisp?.ValueSums.Length)
            throw MapErrors.BadGeometry("the other stack",
                $"found {other._counts.Length} values of counts and {other._exposure.Length} of exposure, "
                + $"expected {_counts.Length} and {_exposure.Length}, and IRFs of the same shape");
        Sum(other._counts, _counts);
        Sum(other._background, _background);
        Sum(other._exposure, _exposure);
        Sum(other._coverage, _coverage);
        if (other._fitCoverage is { } fit) Sum(fit, _fitCoverage ??= new int[_coverage.Length]);
        foreach (var (from, to) in new[] { (other._psf, _psf), (other._edisp, _edisp) })
        {
            if (from is null || to is null) continue;
            Sum(from.WeightSums, to.WeightSums);
            Sum(from.ValueSums, to.ValueSums);
        }

        _intervals.AddRange(other._intervals);
        _liveTimeS += other._liveTimeS;
        ObservationCount += other.ObservationCount;
    }

    private static void Sum<T>(ReadOnlySpan<T> from, Span<T> to)
        where T : struct, System.Numerics.IAdditionOperators<T, T, T>
    {
        for (var i = 0; i < to.Length; i++) to[i] += from[i];
    }
}
