using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Irf;

/// <summary>
/// The PSF at a sky position: density as a function of separation at each energy of its axis, interpolated between the pixels that have a
/// PSF at that energy (<see cref="IrfPosition"/>).
/// </summary>
public sealed class PsfProfile
{
    private const double SquareDegreeSr = Math.PI / 180 * (Math.PI / 180);

    /// <summary>Containment radii are searched on a rad axis that is finer by this factor, as in gammapy.</summary>
    private const int RadiusOversampling = 20;

    private readonly double[][] _densitySr;
    private readonly double[][] _containment;
    private readonly double[] _radii;

    public PsfProfile(PsfMap psf, SkyPosition position)
    {
        (Rad, Energy) = (psf.Rad, psf.Energy);
        _densitySr = new double[Energy.BinCount][];
        _containment = new double[Energy.BinCount][];
        for (var j = 0; j < Energy.BinCount; j++)
        {
            _densitySr[j] = new double[Rad.BinCount];
            var weights = IrfPosition.Bilinear(psf.Density.Geometry, psf.Exposure, position, pixel => HasPsf(psf, j, pixel));
            for (var r = 0; r < Rad.BinCount; r++)
                foreach (var (pixel, weight) in weights)
                {
                    var value = psf.Density.Plane(j * Rad.BinCount + r)[pixel];
                    if (double.IsFinite(value)) _densitySr[j][r] += weight * value;
                }

            _containment[j] = Cumulate(_densitySr[j]);
        }

        _radii = Enumerable.Range(
            0, Rad.Kind == AxisNodes.Edges ? Rad.BinCount * RadiusOversampling : (Rad.BinCount - 1) * RadiusOversampling + 1)
            .Select(i => Rad.PixelToCoordinate(
                Rad.Kind == AxisNodes.Edges ? (i + 0.5) / RadiusOversampling - 0.5 : i / (double)RadiusOversampling)).ToArray();
    }

    public MapAxis Rad { get; }

    public MapAxis Energy { get; }

    /// <summary>Density in sr⁻¹ as a function of separation: linear in log energy and in separation, extrapolated, never
    /// negative.</summary>
    /// <param name="energyPixel">Pixel coordinate on the PSF's energy axis.</param>
    public RadialTable DensityAt(double energyPixel) => new(Rad.Centers, Row(_densitySr, energyPixel));

    /// <summary>The separation in degrees whose containment is nearest to a fraction.</summary>
    public double ContainmentRadiusDeg(double energyPixel, double fraction)
    {
        var (containment, edges) = (Row(_containment, energyPixel), Rad.Edges);
        var (best, radius, upper) = (double.PositiveInfinity, 0.0, 1);
        foreach (var candidate in _radii)
        {
            while (upper < edges.Length - 1 && edges[upper] < candidate) upper++;
            // The containment is constant outside the axis.
            var way = Math.Clamp((candidate - edges[upper - 1]) / (edges[upper] - edges[upper - 1]), 0, 1);
            var off = Math.Abs(containment[upper - 1] + way * (containment[upper] - containment[upper - 1]) - fraction);
            if (off < best) (best, radius) = (off, candidate);
        }

        return radius;
    }

    /// <summary>
    /// Whether a pixel has exposure at an energy (at any energy if the exposure has another axis), or else a non-zero density. True if
    /// there is no exposure of the same size.
    /// </summary>
    private static bool HasPsf(PsfMap psf, int energy, int pixel)
    {
        if (psf.Exposure is not { } exposure || exposure.Geometry.PlaneLength != psf.Density.Geometry.PlaneLength) return true;
        if (exposure.Geometry.PlaneCount == psf.Energy.BinCount
            ? exposure.Plane(energy)[pixel] > 0 : IrfPosition.HasExposure(exposure, pixel)) return true;
        for (var r = 0; r < psf.Rad.BinCount; r++)
            if (double.IsFinite(psf.Density.Plane(energy * psf.Rad.BinCount + r)[pixel])
                && psf.Density.Plane(energy * psf.Rad.BinCount + r)[pixel] != 0) return true;
        return false;
    }

    /// <summary>∫ 2π r q dr up to each edge of the rad axis.</summary>
    private double[] Cumulate(double[] densitySr)
    {
        var sums = new double[Rad.BinCount + 1];
        for (var r = 0; r < Rad.BinCount; r++)
            sums[r + 1] = sums[r] + 2 * Math.PI * Rad.Centers[r] * densitySr[r] * (Rad.Edges[r + 1] - Rad.Edges[r]) * SquareDegreeSr;
        return sums;
    }

    /// <summary>The row of a table at an energy, interpolated or extrapolated.</summary>
    private static double[] Row(double[][] table, double energyPixel)
    {
        if (table.Length == 1) return table[0];
        var index = Math.Clamp((int)Math.Floor(energyPixel), 0, table.Length - 2);
        var (low, high, way) = (table[index], table[index + 1], energyPixel - index);
        return [.. low.Select((value, i) => value + way * (high[i] - value))];
    }
}
