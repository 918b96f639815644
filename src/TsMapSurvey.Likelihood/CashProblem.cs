namespace TsMapSurvey.Likelihood;

/// <summary>
/// One pixel's fit: the counted entries under the kernel and the sums over all entries. Ratio[i] = b/m of entry i, with
/// b at least <see cref="Cash.Truncation"/>; both spans have the same length and hold only entries with n &gt; 0 and m &gt; 0.
/// </summary>
public readonly ref struct CashProblem
{
    /// <summary>n of each counted entry.</summary>
    public required ReadOnlySpan<double> Counts { get; init; }

    /// <summary>c = b / m of each counted entry.</summary>
    public required ReadOnlySpan<double> Ratio { get; init; }

    /// <summary>Σ m over all entries: the counts that the source predicts for norm 1.</summary>
    public required double Signal { get; init; }

    /// <summary>Σ n over all entries, those with m = 0 too.</summary>
    public required double TotalCounts { get; init; }
}
