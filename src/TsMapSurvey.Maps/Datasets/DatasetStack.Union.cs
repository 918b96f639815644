namespace TsMapSurvey.Maps.Datasets;

// Everything in a stack is a sum, so stacks of disjoint sets of observations add up to the stack of all of them.
public sealed partial class DatasetStack
{
    /// <summary>Adds another stack's sums. Added one after the other in the same order, the same stacks give the same bits.</summary>
    /// <exception cref="MapException">It is of another shape; nothing was added.</exception>
    public void Add(DatasetStack other)
    {
        if (other._counts.Length != _counts.Length || other._exposure.Length != _exposure.Length
            || other._psf?.ValueSums.Length != _psf?.ValueSums.Length || other._edisp?.ValueSums.Length != _edisp?.ValueSums.Length)
            throw MapErrors.BadGeometry("the other stack",
                $"{other._counts.Length} bins and {other._exposure.Length} of exposure, expected {_counts.Length} and {_exposure.Length}, "
                + "and the same IRFs");
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
