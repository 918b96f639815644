using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Cli.Tests;

/// <summary>
/// A made-up MapDataset file of any size, written row by row: a background that varies, Poisson counts, sources on a lattice, a masked
/// rim.
/// </summary>
internal static class LargeSky
{
    private const double PixelDeg = 0.02;

    private const double SourceSigmaPixels = 2.5;

    private static readonly MapAxis Energy = MapAxis.EnergyBins("energy", 1, 30, 6);

    private static readonly MapAxis EnergyTrue = MapAxis.EnergyBins("energy_true", 0.5, 60, 8);

    private static readonly MapAxis Rad =
        new("rad", [.. Enumerable.Range(0, 41).Select(i => i * 0.01)], AxisInterpolation.Linear, AxisNodes.Edges, "deg");

    /// <param name="side">Pixels in x and y.</param>
    public static string Write(string path, int side, int seed = 1)
    {
        var grid = new SkyGrid(Wcs.Create(SkyFrame.Galactic, Projection.Tan, new SkyPosition(30, 0, SkyFrame.Galactic), (side + 1) / 2.0,
            (side + 1) / 2.0, -PixelDeg, PixelDeg), side, side);
        using var writer = FitsWriter.CreateInParts(path);
        writer.WriteEmptyPrimary(new FitsHeader().Set("NAME", "large"));
        var cube = new MapGeometry(grid, Energy);
        var counts = MapWriter.Reserve(writer, "COUNTS", cube, "", FitsElementType.Single);
        var exposure = MapWriter.Reserve(writer, "EXPOSURE", new MapGeometry(grid, EnergyTrue), "m2 s", FitsElementType.Single);
        var background = MapWriter.Reserve(writer, "BACKGROUND", cube, "", FitsElementType.Single);
        var mask = MapWriter.Reserve(writer, "MASK_SAFE", cube, "", FitsElementType.Byte);
        MapWriter.Write(writer, "PSF", Psf());
        MapWriter.Write(writer, "EDISP", Edisp());
        var random = new Random(seed);
        var (n, b, safe) = (new double[side], new double[side], new double[side]);
        for (var y = 0; y < side; y++)
        {
            for (var k = 0; k < Energy.BinCount; k++)
            {
                for (var x = 0; x < side; x++)
                {
                    b[x] = 0.4 * Math.Exp(-0.7 * k) * (1.2 + Math.Sin(x / 90.0) * Math.Cos(y / 70.0));
                    n[x] = Poisson(random, b[x] + Source(x, y) * Math.Exp(-0.4 * k));
                    safe[x] = Math.Max(Math.Abs(x - side / 2), Math.Abs(y - side / 2)) < side * (0.44 + 0.01 * k) ? 1 : 0;
                }

                var first = ((long)k * side + y) * side;
                counts.Write(first, n);
                background.Write(first, b);
                mask.Write(first, safe);
            }

            for (var j = 0; j < EnergyTrue.BinCount; j++)
            {
                for (var x = 0; x < side; x++) b[x] = 1e9 * (j + 1) * (1 - 0.3 * Math.Abs(x - side / 2) / side);
                exposure.Write(((long)j * side + y) * side, b);
            }
        }

        writer.Complete();
        return path;
    }

    /// <summary>One source in every square of 200 pixels.</summary>
    private static double Source(int x, int y)
    {
        var (dx, dy) = (x % 200 - 100, y % 200 - 100);
        var r2 = dx * dx + dy * dy;
        return r2 > 400 ? 0 : 1.5 * Math.Exp(-r2 / (2 * SourceSigmaPixels * SourceSigmaPixels));
    }

    private static Map<double> Psf()
    {
        var psf = new Map<double>(new MapGeometry(null, Rad, EnergyTrue), "sr-1");
        for (var i = 0; i < psf.Data.Length; i++)
        {
            var (r, sigma) =
                (double.DegreesToRadians(Rad.Centers[i % Rad.BinCount]), double.DegreesToRadians(0.06 - 0.004 * (i / Rad.BinCount)));
            psf.Data[i] = Math.Exp(-r * r / (2 * sigma * sigma)) / (2 * Math.PI * sigma * sigma);
        }

        return psf;
    }

    private static Map<double> Edisp()
    {
        var edisp = new Map<double>(new MapGeometry(null, Energy, EnergyTrue));
        for (var i = 0; i < edisp.Data.Length; i++)
            edisp.Data[i] =
                Math.Exp(-Math.Pow(Math.Log(Energy.Centers[i % Energy.BinCount] / EnergyTrue.Centers[i / Energy.BinCount]) / 0.4, 2)) / 2;
        return edisp;
    }

    private static double Poisson(Random random, double mean)
    {
        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0);
        for (; product > limit; count++) product *= random.NextDouble();
        return count;
    }
}
