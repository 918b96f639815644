using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Irf;

/// <summary>
/// The PSF at one sky position: density against separation at each energy of its axis (numerics 3.4 b). Bilinear in space;
/// where the PSF has no exposure, the nearest pixel that has.
/// </summary>
public sealed class PsfProfile
{
    private const double SquareDegreeSr = Math.PI / 180 * (Math.PI / 180);

    /// <summary>gammapy searches containment radii on a rad axis this much finer.</summary>
    private const int RadiusOversampling = 20;

    private readonly double[][] _densitySr;
    private readonly double[][] _containment;
    private readonly double[] _radii;

    public PsfProfile(PsfMap psf, SkyPosition position)
    {
        (Rad, Energy) = (psf.Rad, psf.Energy);
        var weights = IrfPosition.Bilinear(psf.Density.Geometry, psf.Exposure, position);
        _densitySr = new double[Energy.BinCount][];
        _containment = new double[Energy.BinCount][];
        for (var j = 0; j < Energy.BinCount; j++)
        {
            _densitySr[j] = new double[Rad.BinCount];
            for (var r = 0; r < Rad.BinCount; r++)
                foreach (var (pixel, weight) in weights)
                {
                    var value = psf.Density.Plane(j * Rad.BinCount + r)[pixel];
                    if (double.IsFinite(value)) _densitySr[j][r] += weight * value;
                }

            _containment[j] = Cumulate(_densitySr[j]);
        }

        _radii = Enumerable.Range(0, Rad.Kind == AxisNodes.Edges ? Rad.BinCount * RadiusOversampling : (Rad.BinCount - 1) * RadiusOversampling + 1)
            .Select(i => Rad.PixelToCoordinate(Rad.Kind == AxisNodes.Edges ? (i + 0.5) / RadiusOversampling - 0.5 : i / (double)RadiusOversampling)).ToArray();
    }

    public MapAxis Rad { get; }

    public MapAxis Energy { get; }

    /// <summary>Density in sr⁻¹ at a separation; linear in energy (log) and separation, extrapolated, never negative.</summary>
    /// <param name="energyPixel">On the PSF's energy axis.</param>
    public double DensitySr(double energyPixel, double separationDeg) =>
        Math.Max(0, Interpolate(_densitySr, energyPixel, Rad.CoordinateToPixel(separationDeg)));

    /// <summary>The separation whose containment is nearest to a fraction, in degrees.</summary>
    public double ContainmentRadiusDeg(double energyPixel, double fraction)
    {
        var (best, radius) = (double.PositiveInfinity, 0.0);
        foreach (var candidate in _radii)
        {
            var off = Math.Abs(Interpolate(_containment, energyPixel, EdgePixel(candidate)) - fraction);
            if (off < best) (best, radius) = (off, candidate);
        }

        return radius;
    }

    /// <summary>∫ 2π r q dr up to each edge of the rad axis.</summary>
    private double[] Cumulate(double[] densitySr)
    {
        var sums = new double[Rad.BinCount + 1];
        for (var r = 0; r < Rad.BinCount; r++)
            sums[r + 1] = sums[r] + 2 * Math.PI * Rad.Centers[r] * densitySr[r] * (Rad.Edges[r + 1] - Rad.Edges[r]) * SquareDegreeSr;
        return sums;
    }

    /// <summary>Position among the edges, held at the ends: the containment is constant outside.</summary>
    private double EdgePixel(double radius)
    {
        var edges = Rad.Edges;
        if (radius <= edges[0]) return 0;
        if (radius >= edges[^1]) return edges.Length - 1;
        var upper = Array.BinarySearch(edges, radius);
        if (upper >= 0) return upper;
        upper = ~upper;
        return upper - 1 + (radius - edges[upper - 1]) / (edges[upper] - edges[upper - 1]);
    }

    private static double Interpolate(double[][] table, double row, double column)
    {
        var (r, fr) = Cell(row, table.Length);
        var (c, fc) = Cell(column, table[0].Length);
        double At(int i) => table[0].Length == 1 ? table[i][0] : table[i][c] + fc * (table[i][c + 1] - table[i][c]);
        return table.Length == 1 ? At(0) : At(r) + fr * (At(r + 1) - At(r));
    }

    private static (int Index, double Fraction) Cell(double pixel, int count)
    {
        var index = Math.Clamp((int)Math.Floor(pixel), 0, Math.Max(count - 2, 0));
        return (index, pixel - index);
    }
}
