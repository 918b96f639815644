namespace TsMapSurvey.Estimators.Points;

/// <summary>
/// The likelihood profile of one pixel: norms at which the Cash statistic exceeds its minimum by the squares of equidistant numbers of
/// standard deviations. The limit at n standard deviations is the norm at +n; a cubic of ΔC through four norms gives those in between.
/// </summary>
/// <param name="NSigma">Standard deviations, increasing; negative below the best fit, 0 at it.</param>
/// <param name="Norm">The norms, of the same length; norms that do not exist (below the pole of the likelihood) are left out.</param>
public sealed record PointProfile(IReadOnlyList<double> NSigma, IReadOnlyList<double> Norm)
{
    /// <summary>The largest number of standard deviations.</summary>
    public const double MaxSigma = 5;

    /// <summary>Steps for one standard deviation.</summary>
    public const int StepsPerSigma = 10;

    /// <summary>A profile without points, of a pixel that was not fitted.</summary>
    public static PointProfile Empty { get; } = new([], []);

    /// <summary>C(N) minus its minimum: the squares of <see cref="NSigma"/>.</summary>
    public IEnumerable<double> DeltaStat => NSigma.Select(n => n * n);
}
