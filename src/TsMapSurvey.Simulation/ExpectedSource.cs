using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation;

/// <summary>
/// The expected counts of a source in one observation. In reco bin k they are npred_k(p) = Σ_j R_kj F_j A_j(θ) t ∫_p PSF_j(θ), with area
/// and PSF at the source's offset θ and, as in IRF maps, at the centre of the true bin j. The integral over pixel p is a sum over
/// sub-pixel centres. Unlike the estimator, this does not approximate the IRFs by those at the map's centre.
/// </summary>
internal static class ExpectedSource
{
    private const double SquareCmPerSquareM = 1e4;
    private const double DegreesPerRadian = 180 / Math.PI;
    private const int MaxOversampling = 8;

    /// <summary>The pixels that the image of a source covers; they may extend beyond the grid.</summary>
    public static PixelRegion Footprint(SimulatedSource source, SkyGrid grid)
    {
        if (!grid.TryPixelOf(source.Position, out double x, out double y)) return default;
        var radius = Instrument.Cherenkov.Psf(0, Instrument.Cherenkov.MaxOffsetDeg) with { SourceSigmaDeg = source.SigmaDeg };
        var pixels = radius.RadiusDeg / grid.PixelScaleDeg;
        var stretch = grid.Wcs.Projection == Projection.Car ? 1 / Math.Cos(source.Position.To(grid.Frame).LatDeg / DegreesPerRadian) : 1;
        var (halfX, halfY) = ((int)Math.Ceiling(pixels * stretch), (int)Math.Ceiling(pixels));
        return new PixelRegion((int)Math.Round(x) - halfX, (int)Math.Round(y) - halfY, 2 * halfX + 1, 2 * halfY + 1);
    }

    /// <summary>Adds the source's expected counts to a map [energy, y, x] of a region of the grid.</summary>
    public static void Add(
        Span<double> npred, PixelRegion region, SkyGrid grid, SimulatedSource source, Pointing pointing, MapAxis energy, MapAxis energyTrue)
    {
        var shared = Footprint(source, grid).Intersect(region);
        var offset = source.Position.SeparationDeg(pointing.Position);
        if (shared.IsEmpty) return;
        var spreads = Array.ConvertAll(
            energyTrue.Centers, e => Instrument.Cherenkov.Psf(e, offset) with { SourceSigmaDeg = source.SigmaDeg });
        var counts = CountsPerTrueBin(source, pointing, offset, energy, energyTrue);
        var narrowestDeg = Math.Max(spreads.Min(spread => spread.CoreSigmaDeg), source.SigmaDeg);
        var oversampling = Math.Clamp((int)Math.Ceiling(2.5 * grid.PixelScaleDeg / narrowestDeg), 1, MaxOversampling);
        var origin = source.Position.To(grid.Frame);
        var inPixel = new double[energyTrue.BinCount];
        for (var y = shared.Y; y < shared.Y + shared.Height; y++)
            for (var x = shared.X; x < shared.Right; x++)
            {
                Integrate(inPixel, spreads, grid, origin, x, y, oversampling);
                var at = (y - region.Y) * region.Width + x - region.X;
                for (var k = 0; k < energy.BinCount; k++, at += (int)region.Area)
                    for (var j = 0; j < inPixel.Length; j++) npred[at] += counts[j, k] * inPixel[j];
            }
    }

    private static double[,] CountsPerTrueBin(
        SimulatedSource source, Pointing pointing, double offsetDeg, MapAxis energy, MapAxis energyTrue)
    {
        var counts = new double[energyTrue.BinCount, energy.BinCount];
        for (var j = 0; j < energyTrue.BinCount; j++)
        {
            var photons = source.Spectrum.Integral(energyTrue.Edges[j], energyTrue.Edges[j + 1]) * SquareCmPerSquareM
                * Instrument.Cherenkov.EffectiveAreaM2(energyTrue.Centers[j], offsetDeg) * pointing.LiveTimeS;
            for (var k = 0; k < energy.BinCount; k++)
                counts[j, k] = photons * Instrument.Cherenkov.EnergyDispersion(energy, k, energyTrue.Centers[j]);
        }

        return counts;
    }

    /// <summary>∫ PSF dΩ over a pixel at each true energy; sub-pixel i covers i / n - 1/2 to (i + 1) / n - 1/2 of the pixel.</summary>
    private static void Integrate(double[] inPixel, PointSpread[] spreads, SkyGrid grid, SkyPosition source, int x, int y, int oversampling)
    {
        Array.Clear(inPixel);
        var subPixelDeg2 = grid.SolidAngleSr(x, y) * DegreesPerRadian * DegreesPerRadian / (oversampling * oversampling);
        for (var j = 0; j < oversampling; j++)
            for (var i = 0; i < oversampling; i++)
            {
                var (subX, subY) = (x - 0.5 + (i + 0.5) / oversampling, y - 0.5 + (j + 0.5) / oversampling);
                if (!grid.Wcs.TryPixelToSky(subX, subY, out var lon, out var lat)) continue;
                var separation = source.SeparationDeg(new SkyPosition(lon, lat, grid.Frame));
                for (var e = 0; e < inPixel.Length; e++) inPixel[e] += spreads[e].DensityPerDeg2(separation) * subPixelDeg2;
            }
    }
}
