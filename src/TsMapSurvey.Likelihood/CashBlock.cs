using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>
/// The fits of neighbouring pixels, one in each lane: the counted entries under any of their kernels and the sums over all entries.
/// An entry that a lane's kernel does not reach has a ratio of zero there and drops out of every sum.
/// </summary>
public readonly ref struct CashBlock<T>
    where T : struct, ILanes<T>
{
    /// <summary>n of each counted entry; above zero, the same for all lanes.</summary>
    public required ReadOnlySpan<double> Counts { get; init; }

    /// <summary>
    /// Where the entries with n = 1, 2, ... end, which then come first and in this order; entries behind the last end have any n. Empty
    /// when nothing is known. Entries of equal n share one logarithm.
    /// </summary>
    public ReadOnlySpan<int> Ends { get; init; }

    /// <summary>r = m / b of each counted entry, lane after lane; b at least <see cref="Cash.Truncation"/>.</summary>
    public required ReadOnlySpan<double> Ratio { get; init; }

    /// <summary>
    /// <see cref="Cash.Truncation"/> / b of each counted entry: what 1 + N r is never below. Empty where the ratios are shifted to a norm:
    /// there that number depends on the lane, and <see cref="Cash.Truncation"/> itself serves, which differs from it only beyond ten
    /// sigma.
    /// </summary>
    public required ReadOnlySpan<double> Least { get; init; }

    /// <summary>The largest r, and n where it is (<see cref="CountedSums.Largest"/>), when whoever made the block knows it.</summary>
    public (T Ratio, T Counts)? Largest { get; init; }

    /// <summary>S = Σ m over all entries: the counts that the source predicts for norm 1.</summary>
    public required T Signal { get; init; }

    /// <summary>Σ n over all entries, those with m = 0 too.</summary>
    public required T TotalCounts { get; init; }
}
