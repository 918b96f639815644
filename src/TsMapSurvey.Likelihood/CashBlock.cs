using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>
/// The data for the fits of neighbouring pixels, one pixel in each lane: the entries with counts inside any of their kernels, and sums over
/// all entries. An entry outside a lane's kernel has the ratio zero in that lane and contributes nothing.
/// </summary>
public readonly ref struct CashBlock<T>
    where T : struct, ILanes<T>
{
    /// <summary>n of each entry with counts: positive, and the same for all lanes.</summary>
    public required ReadOnlySpan<double> Counts { get; init; }

    /// <summary>
    /// End indices of the entries with n = 1, 2, ..., which come first, in this order; later entries have any n. Entries of equal n share
    /// one logarithm. Empty if the entries are not sorted.
    /// </summary>
    public ReadOnlySpan<int> Ends { get; init; }

    /// <summary>r = m / b of each entry with counts, for all lanes; b is at least <see cref="Cash.Truncation"/>.</summary>
    public required ReadOnlySpan<double> Ratio { get; init; }

    /// <summary>
    /// <see cref="Cash.Truncation"/> / b of each entry with counts, the minimum of 1 + N r. Empty in a block shifted to a norm: there the
    /// minimum depends on the lane, and <see cref="Cash.Truncation"/> is used, which makes a difference only beyond ten sigma.
    /// </summary>
    public required ReadOnlySpan<double> Least { get; init; }

    /// <summary>The largest r and the n of its entry (<see cref="CountedSums.Largest"/>); null if not computed.</summary>
    public (T Ratio, T Counts)? Largest { get; init; }

    /// <summary>S = Σ m over all entries: the counts that the source predicts for norm 1.</summary>
    public required T Signal { get; init; }

    /// <summary>Σ n over all entries, including those with m = 0.</summary>
    public required T TotalCounts { get; init; }
}
