using MathNet.Numerics.Distributions;
using TsMapSurvey.Estimators.Peaks;

namespace TsMapSurvey.Estimators.Tests;

public sealed class PeakPositionTests
{
    private const int Maps = 300;

    /// <summary>Pixels of a fifth of the PSF's sigma to a whole one; sources of about 9 to 80 sigma; few counts and many.</summary>
    [Theory]
    [InlineData(0.05, 0.1, 60, 0.2)]
    [InlineData(0.05, 0.1, 400, 2)]
    [InlineData(0.02, 0.1, 120, 0.2)]
    [InlineData(0.02, 0.1, 40, 0.02)]
    [InlineData(0.1, 0.1, 150, 3)]
    [InlineData(0.05, 0.1, 1500, 1)]
    [InlineData(0.1, 0.1, 90, 3)]
    [InlineData(0.1, 0.1, 60, 0.1)]
    [InlineData(0.1, 0.1, 1000, 0.5)]
    public void Sixty_eight_per_cent_of_the_sources_are_within_the_quoted_radius(
        double pixelDeg, double sigmaDeg, double counts, double background)
    {
        var samples = new PeakFieldSamples(pixelDeg, sigmaDeg, counts, background, seed: 7);
        var (within, known, radii, sqrtTs) = (0, 0, 0.0, 0.0);
        for (var i = 0; i < Maps; i++)
        {
            var (maps, truth) = samples.Next();
            var peak = PeakFinder.Find(maps, new PeakOptions { MinSqrtTs = 3 })[0];
            if (double.IsNaN(peak.Error.RadiusDeg)) continue;
            known++;
            radii += peak.Error.RadiusDeg;
            sqrtTs += peak.SqrtTs;
            if (peak.Position.SeparationDeg(truth) <= peak.Error.RadiusDeg) within++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{pixelDeg} {counts} {background}: {within} of {known}, r68 {radii / known:f4} deg, sqrt_ts {sqrtTs / known:f1}");
        Assert.Equal(Maps, known);
        // 99.9 % of all such runs are between these, where the probability is 0.6827.
        Assert.InRange(within, Quantile(0.0005), Quantile(0.9995));
    }

    private static int Quantile(double probability) =>
        Enumerable.Range(0, Maps + 1).First(k => Binomial.CDF(0.6827, Maps, k) >= probability);
}
