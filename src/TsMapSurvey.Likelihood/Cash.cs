namespace TsMapSurvey.Likelihood;

/// <summary>
/// The Cash statistic (Cash 1979, ApJ 228, 939), C(N) = 2 Σ (μ - n ln μ) with μ = b + N m, for one free norm N
/// (Stewart 2009, A&amp;A 495, 989, appendix A).
/// <para>
/// What the fit sees of a pixel: m, the counts expected for norm 1, enters entries without counts only through S = Σ m. The
/// entries with counts (n &gt; 0, m &gt; 0) are kept as n and the ratio r = m / b, which gives
/// g(N) = ½ dC/dN = S - Σ n r / (1 + N r)   and   TS / 2 = Σ n ln(1 + N r) - N S.
/// </para>
/// </summary>
public static class Cash
{
    /// <summary>
    /// Below this no μ is evaluated, as in gammapy's cash: a bin of zero background with counts costs 2 n · 57.6, not infinity.
    /// </summary>
    public const double Truncation = 1e-25;

    /// <summary>C = 2 Σ (μ - n ln μ) over whole arrays: the definition, used where nothing is known about the entries.</summary>
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
