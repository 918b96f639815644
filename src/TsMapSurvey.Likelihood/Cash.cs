namespace TsMapSurvey.Likelihood;

/// <summary>
/// The Cash statistic (Cash 1979, ApJ 228, 939), C(N) = 2 Σ (μ - n ln μ) with μ = b + N m, for one free norm N
/// (Stewart 2009, A&amp;A 495, 989, appendix A).
/// <para>
/// Data of a fit: m is the counts that the source predicts for norm 1. Entries without counts contribute only to S = Σ m. Entries with
/// counts (n &gt; 0, m &gt; 0) are stored as n and the ratio r = m / b, which gives
/// g(N) = ½ dC/dN = S - Σ n r / (1 + N r)   and   TS / 2 = Σ n ln(1 + N r) - N S.
/// </para>
/// </summary>
public static class Cash
{
    /// <summary>
    /// The minimum of μ in logarithms, as in gammapy's cash: an entry with counts and zero background adds 2 n · 57.6 instead of infinity.
    /// </summary>
    public const double Truncation = 1e-25;

    /// <summary>C = 2 Σ (μ - n ln μ) over arrays, by definition.</summary>
    public static double Stat(ReadOnlySpan<double> counts, ReadOnlySpan<double> npred)
    {
        var sum = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            var mu = Math.Max(npred[i], Truncation);
            sum += mu - (counts[i] > 0 ? counts[i] * Math.Log(mu) : 0);
        }

        return 2 * sum;
    }
}
