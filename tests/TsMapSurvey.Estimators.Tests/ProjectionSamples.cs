using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>
/// An all-sky dataset in any projection, with pixels that have no sky; Reference/make_projections.py has the same formulas.
/// </summary>
internal static class ProjectionSamples
{
    private const double SigmaDeg = 1.3;

    private static readonly MapAxis Energy = MapAxis.EnergyBins("energy", 1, 10, 2);

    private static readonly MapAxis EnergyTrue = MapAxis.EnergyBins("energy_true", 0.8, 12, 4);

    private static readonly MapAxis Rad =
        new("rad", [.. Enumerable.Range(0, 81).Select(i => i * 0.1)], AxisInterpolation.Linear, AxisNodes.Edges, "deg");

    private static readonly SkyGrid IrfGrid = new(
        Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 2, 2, -120, 120), 3, 3);

    /// <summary>84 x 44 pixels of four degrees around (30, -20) Galactic.</summary>
    public static SkyGrid Grid(Projection projection) => new(
        Wcs.Create(SkyFrame.Galactic, projection, new SkyPosition(30, -20, SkyFrame.Galactic), 42.5, 22.5, -4, 4), 84, 44);

    /// <param name="skyless">Counts, background and exposure of every pixel without sky.</param>
    public static MapDataset Dataset(Projection projection, double skyless = 0)
    {
        var grid = Grid(projection);
        Map<double> Cube(MapAxis axis, string unit, Func<int, int, int, double> value)
        {
            var map = new Map<double>(new MapGeometry(grid, axis), unit);
            for (var i = 0; i < map.Data.Length; i++)
            {
                var (x, y, plane) = (i % grid.Width, i / grid.Width % grid.Height, i / (grid.Width * grid.Height));
                map.Data[i] = grid.HasSky(x, y) ? value(x, y, plane) : skyless;
            }

            return map;
        }

        Map<double> Everywhere(string unit, MapAxis axis, Func<int, int, double> value)
        {
            var map = new Map<double>(new MapGeometry(IrfGrid, axis, EnergyTrue), unit);
            for (var i = 0; i < map.Data.Length; i++) map.Data[i] = value(i / 9 % axis.BinCount, i / 9 / axis.BinCount);
            return map;
        }

        var sigma = double.DegreesToRadians(SigmaDeg);
        return new MapDataset
        {
            Name = projection.ToString(),
            Counts = Cube(Energy, "", (x, y, k) => 1 + ((x * 7919 + y * 104729 + x * y * 17 + k * 31) % 5 == 0 ? 2 : 0)
                + (y is >= 22 and < 25 && x is >= 39 and < 43 ? 5 : 0)),
            Background = Cube(Energy, "", (_, _, _) => 1.5),
            Exposure = Cube(EnergyTrue, "m2 s", (x, _, j) => 1e10 * (j + 1) * (1 + 0.01 * x)),
            Psf = new PsfMap(Everywhere("sr-1", Rad, (r, _) => Math.Exp(-Math.Pow(
                double.DegreesToRadians(Rad.Centers[r]) / sigma, 2) / 2) / (2 * Math.PI * sigma * sigma)),
                Everywhere("m2 s", Rad.Squash(), (_, _) => 1)),
            Edisp = new EdispMap(Everywhere("", Energy, (k, j) => Math.Exp(-Math.Pow(
                Math.Log(Energy.Centers[k] / EnergyTrue.Centers[j]) / 0.5, 2)) / 2), Everywhere("m2 s", Energy.Squash(), (_, _) => 1)),
        };
    }
}
