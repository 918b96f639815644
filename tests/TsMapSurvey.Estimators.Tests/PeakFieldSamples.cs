using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>
/// Noisy maps of one point source at a random place near the middle pixel, in one energy bin with a Gaussian PSF and a flat background.
/// </summary>
internal sealed class PeakFieldSamples(double pixelDeg, double sigmaDeg, double sourceCounts, double backgroundPerPixel, int seed)
{
    private const int Size = 31;
    private readonly Random _random = new(seed);
    private readonly TsMapEstimator _estimator = new(new TsMapOptions { KernelWidthDeg = 6 * sigmaDeg, NJobs = 1 });

    /// <summary>In the middle of the image the sky is turned against the pixels: galactic pixels at the galactic centre.</summary>
    public SkyGrid Grid { get; } = new(
        Wcs.Create(SkyFrame.Galactic, Projection.Tan, new SkyPosition(0, 0, SkyFrame.Galactic), 15, 15, -pixelDeg, pixelDeg), Size, Size);

    public (FluxMaps Maps, SkyPosition True) Next()
    {
        var (x0, y0) = (15 + _random.NextDouble() - 0.5, 15 + _random.NextDouble() - 0.5);
        Assert.True(Grid.Wcs.TryPixelToSky(x0, y0, out var lon, out var lat));
        return (_estimator.Run([Dataset(x0, y0)]), new SkyPosition(lon, lat, SkyFrame.Galactic));
    }

    private MapDataset Dataset(double x0, double y0)
    {
        var (energy, energyTrue) = (MapAxis.EnergyBins("energy", 1, 10, 1), MapAxis.EnergyBins("energy_true", 1, 10, 1));
        var rad = new MapAxis(
            "rad", [.. Enumerable.Range(0, 101).Select(i => i * 0.08 * sigmaDeg)], AxisInterpolation.Linear, AxisNodes.Edges, "deg");
        var (counts, background, exposure) =
            (new Map<double>(new(Grid, energy)), new Map<double>(new(Grid, energy)), new Map<double>(new(Grid, energyTrue), "m2 s"));
        Array.Fill(background.Data, backgroundPerPixel);
        Array.Fill(exposure.Data, 1e9);
        for (var i = 0; i < counts.Data.Length; i++)
            counts.Data[i] = Poisson(backgroundPerPixel + sourceCounts * Within(i % Size - x0) * Within(i / Size - y0));
        var psf = new Map<double>(new MapGeometry(null, rad, energyTrue), "sr-1");
        var sigma = double.DegreesToRadians(sigmaDeg);
        for (var k = 0; k < psf.Data.Length; k++)
            psf.Data[k] = Math.Exp(-Math.Pow(rad.Centers[k] / sigmaDeg, 2) / 2) / (2 * Math.PI * sigma * sigma);
        return new MapDataset
        {
            Name = "sample",
            Counts = counts,
            Background = background,
            Exposure = exposure,
            Psf = new PsfMap(psf, null)
        };
    }

    /// <summary>The part of the PSF, along one coordinate, in a pixel whose centre is that far from the source.</summary>
    private double Within(double pixels) => Below((pixels + 0.5) * pixelDeg / sigmaDeg) - Below((pixels - 0.5) * pixelDeg / sigmaDeg);

    private static double Below(double sigmas) => 0.5 * (1 + MathNet.Numerics.SpecialFunctions.Erf(sigmas / Math.Sqrt(2)));

    private double Poisson(double mean) => MathNet.Numerics.Distributions.Poisson.Sample(_random, mean);
}
