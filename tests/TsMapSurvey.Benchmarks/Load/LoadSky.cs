using System.Globalization;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Benchmarks.Load;

/// <summary>
/// A survey of small tiles, and small observations that are cheap to make: what is measured with them is everything but arithmetic.
/// </summary>
internal sealed class LoadSky
{
    public const string Name = "load";
    private const int TilePixels = 16;
    private const int ObservationPixels = 20;
    private const double PixelDeg = 0.1;
    private readonly int _side;
    private readonly Survey _survey;
    private readonly SkyGrid _irfGrid;
    private readonly MapAxis _rad =
        new("rad", [.. Enumerable.Range(0, 21).Select(i => i * 0.02)], AxisInterpolation.Linear, AxisNodes.Edges, "deg");

    /// <param name="tiles">A square number.</param>
    public LoadSky(int tiles)
    {
        _side = (int)Math.Round(Math.Sqrt(tiles)) * TilePixels;
        _survey = Survey.Resolve(SurveyDefinition.Parse(Json));
        _irfGrid =
            new SkyGrid(Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 0.5, 0.5, -1, 1), 1, 1);
    }

    public string Json => string.Create(CultureInfo.InvariantCulture, $$"""
        { "name": "{{Name}}",
          "tiling": { "kind": "grid", "frame": "galactic", "projection": "CAR", "pixelSizeDeg": {{PixelDeg}},
              "widthDeg": {{_side * PixelDeg}}, "heightDeg": {{_side * PixelDeg}}, "tilePixels": {{TilePixels}} },
          "energyAxis": { "minTeV": 1, "maxTeV": 10, "bins": 2 }, "trueEnergyAxis": { "minTeV": 0.5, "maxTeV": 20, "bins": 3 },
          "maps": { "point": { "kernelWidthDeg": 0.5 } } }
        """);

    /// <summary>One of the observations, which follow each other over the sky as if thrown at it: the file's content.</summary>
    public byte[] Observation(int index)
    {
        var random = new Random(index);
        var grid = _survey.Grid.Cutout(
            random.Next(_side - ObservationPixels + 1), random.Next(_side - ObservationPixels + 1), ObservationPixels, ObservationPixels);
        var centre = grid.Centre;
        _irfGrid.TryPixelOf(centre, out double x, out double y);
        var irfs = _irfGrid.Cutout((int)Math.Round(x) - 2, (int)Math.Round(y) - 2, 5, 5);
        var cube = new MapGeometry(grid, _survey.Energy);
        var mask = new Map<bool>(cube);
        Array.Fill(mask.Data, true);
        var dataset = new MapDataset
        {
            Name = $"load-{index}",
            Counts = Fill(cube, "", (_, _) => random.Next(3)),
            Background = Fill(cube, "", (_, _) => 0.8 + 0.2 * random.NextDouble()),
            Exposure = Fill(new MapGeometry(grid, _survey.EnergyTrue), "m2 s", (j, _) => 1e9 * (j + 1)),
            MaskSafe = mask,
            Psf = new PsfMap(
                Fill(new MapGeometry(irfs, _rad, _survey.EnergyTrue), "sr-1", (plane, _) =>
                    1e4 * Math.Exp(-Math.Pow(_rad.Centers[plane % _rad.BinCount] / 0.1, 2) / 2)),
                Fill(new MapGeometry(irfs, _rad.Squash(), _survey.EnergyTrue), "m2 s", (j, _) => 1e9 * (j + 1))),
            Edisp = new EdispMap(
                Fill(new MapGeometry(irfs, _survey.Energy, _survey.EnergyTrue), "", (_, _) => 0.45),
                Fill(new MapGeometry(irfs, _survey.Energy.Squash(), _survey.EnergyTrue), "m2 s", (j, _) => 1e9 * (j + 1))),
            Gti = GoodTimeIntervals.Of([new TimeInterval(1000.0 * index, 1000.0 * index + 600)]),
            LiveTimeS = 570,
        };
        using var content = new MemoryStream();
        using (var writer = new FitsWriter(content, gzip: true, leaveOpen: true)) MapDatasetFile.Write(writer, dataset);
        return content.ToArray();
    }

    private static Map<double> Fill(MapGeometry geometry, string unit, Func<int, int, double> value)
    {
        var map = new Map<double>(geometry, unit);
        for (var i = 0; i < geometry.Count; i++) map.Data[i] = value(i / geometry.PlaneLength, i % geometry.Width);
        return map;
    }
}
