using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.SampleData;

/// <summary>Small made-up datasets with all that a MapDataset can have.</summary>
public static class Samples
{
    public static SkyGrid SurveyGrid { get; } = new(
        Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 50.5, 30.5, -0.1, 0.1), 100, 60);

    public static MapAxis Energy { get; } = MapAxis.EnergyBins("energy", 1, 10, 3);

    public static MapAxis EnergyTrue { get; } = MapAxis.EnergyBins("energy_true", 0.5, 20, 5);

    public static MapAxis Rad { get; } =
        new("rad", [.. Enumerable.Range(0, 41).Select(i => i * 0.02)], AxisInterpolation.Linear, AxisNodes.Edges, "deg");

    public static MapAxis Migra { get; } =
        new("migra", [.. Enumerable.Range(0, 31).Select(i => 0.2 + i * 0.1)], AxisInterpolation.Linear, AxisNodes.Edges, "");

    public static SkyGrid IrfGrid { get; } = new(
        Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0.3, 0.2, SkyFrame.Galactic), 6.5, 4.5, -1, 1), 12, 8);

    /// <summary>An observation on a cut-out of the survey grid; a source of strength one sits in its middle.</summary>
    public static MapDataset Observation(
        int seed = 1, PixelRegion? region = null, bool edispMap = false, double rate = 0.3, bool masked = true)
    {
        var random = new Random(seed);
        var grid = SurveyGrid.Cutout(region ?? new PixelRegion(30, 15, 40, 30));
        var cube = new MapGeometry(grid, Energy);
        var background = new Map<double>(cube);
        var counts = new Map<double>(cube);
        var mask = new Map<bool>(cube);
        for (var i = 0; i < cube.Count; i++)
        {
            var (x, y, k) = (i % grid.Width, i / grid.Width % grid.Height, i / cube.PlaneLength);
            var distance = Math.Sqrt(Math.Pow(x - grid.Width / 2, 2) + Math.Pow(y - grid.Height / 2, 2));
            background.Data[i] = rate * Math.Exp(-k) * (1.2 - distance / 60);
            counts.Data[i] = Poisson(random, background.Data[i] + 6 * rate * Math.Exp(-distance * distance / 6));
            mask.Data[i] = !masked || distance < 0.45 * grid.Width - 2 * (Energy.BinCount - k);
        }

        return new MapDataset
        {
            Name = $"obs-{seed}",
            Counts = counts,
            Background = background,
            Exposure =
                Fill(new MapGeometry(grid, EnergyTrue), "m2 s", (j, x, y) => 1e9 * (j + 1) * (1 - 0.01 * Math.Abs(x - grid.Width / 2))),
            MaskSafe = mask,
            Psf = new PsfMap(Psf(IrfGrid),
                Fill(new MapGeometry(IrfGrid, Rad.Squash(), EnergyTrue), "m2 s", (j, x, _) => 1e9 * (j + 1) + seed * 1e8 * x)),
            Edisp = new EdispMap(edispMap ? Migration(IrfGrid) : Kernel(IrfGrid),
                Fill(new MapGeometry(IrfGrid, (edispMap ? Migra : Energy).Squash(), EnergyTrue), "m2 s", (j, _, y) =>
                    1e9 * (j + 1) + seed * 1e8 * y)),
            Gti = GoodTimeIntervals.Of([new TimeInterval(1000 * seed, 1000 * seed + 600)]),
            LiveTimeS = 570,
        };
    }

    /// <summary>A Gaussian of 0.12 degrees at low and 0.06 at high energies.</summary>
    public static Map<double> Psf(SkyGrid? grid) => Fill(new MapGeometry(grid, Rad, EnergyTrue), "sr-1", (plane, _, _) =>
    {
        var (r, sigma) =
            (double.DegreesToRadians(Rad.Centers[plane % Rad.BinCount]), double.DegreesToRadians(0.12 - 0.015 * (plane / Rad.BinCount)));
        return Math.Exp(-r * r / (2 * sigma * sigma)) / (2 * Math.PI * sigma * sigma);
    });

    public static Map<double> Kernel(SkyGrid? grid) => Fill(new MapGeometry(grid, Energy, EnergyTrue), "", (plane, _, _) =>
        Math.Exp(-Math.Pow(Math.Log(Energy.Centers[plane % Energy.BinCount] / EnergyTrue.Centers[plane / Energy.BinCount]) / 0.5, 2)) / 2);

    public static Map<double> Migration(SkyGrid? grid) => Fill(new MapGeometry(grid, Migra, EnergyTrue), "", (plane, _, _) =>
        Math.Exp(-Math.Pow((Migra.Centers[plane % Migra.BinCount] - 1) / 0.2, 2) / 2) / (0.2 * Math.Sqrt(2 * Math.PI)));

    private static Map<double> Fill(MapGeometry geometry, string unit, Func<int, int, int, double> value)
    {
        var map = new Map<double>(geometry, unit);
        for (var i = 0; i < geometry.Count; i++)
            map.Data[i] = value(i / geometry.PlaneLength, i % geometry.Width, i / geometry.Width % geometry.Height);
        return map;
    }

    private static double Poisson(Random random, double mean)
    {
        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0);
        for (; product > limit; count++) product *= random.NextDouble();
        return count;
    }
}
