using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains.Tests;

/// <summary>A survey of 24 x 16 pixels in 3 x 2 tiles, and observations for it.</summary>
internal static class LittleSurvey
{
    private static readonly MapAxis Rad =
        new("rad", [.. Enumerable.Range(0, 21).Select(i => i * 0.02)], AxisInterpolation.Linear, AxisNodes.Edges, "deg");

    private static readonly SkyGrid IrfGrid =
        new(Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0.3, 0, SkyFrame.Galactic), 3.5, 2.5, -1, 1), 6, 5);

    public static Survey Resolved { get; } = Survey.Resolve(SurveyDefinition.Parse(Json("any", "observations/")));

    public static PixelRegion Everywhere { get; } = new(0, 0, 24, 16);

    public static string Json(string name, string prefix) => $$"""
        { "name": "{{name}}", "observations": "{{prefix}}",
          "tiling": { "frame": "galactic", "projection": "CAR", "pixelSizeDeg": 0.1, "widthDeg": 2.4, "heightDeg": 1.6, "tilePixels": 8 },
          "energyAxis": { "minTeV": 1, "maxTeV": 10, "bins": 2 }, "trueEnergyAxis": { "minTeV": 0.5, "maxTeV": 20, "bins": 3 },
          "maps": { "point": { "kernelWidthDeg": 0.5, "selection": ["ul"] },
              "wide": { "spatial": "gauss:0.1deg", "kernelWidthDeg": 0.7 } } }
        """;

    /// <summary>An observation with a source in the middle of its image.</summary>
    /// <param name="survey">Whose grid the region is of; null: the little survey. Energy axes are those of the little survey.</param>
    public static MapDataset Observation(int seed, PixelRegion region, double source = 5, Survey? survey = null)
    {
        var random = new Random(seed);
        var grid = (survey ?? Resolved).Grid.Cutout(region);
        var cube = new MapGeometry(grid, Resolved.Energy);
        var (counts, background, mask) = (new Map<double>(cube), new Map<double>(cube), new Map<bool>(cube));
        for (var i = 0; i < cube.Count; i++)
        {
            var (x, y) = (i % grid.Width - grid.Width / 2, i / grid.Width % grid.Height - grid.Height / 2);
            background.Data[i] = 0.4 + 0.1 * random.NextDouble();
            counts.Data[i] = random.Next(2) + (int)(source * Math.Exp(-(x * x + y * y) / 3.0));
            mask.Data[i] = random.Next(10) > 0;
        }

        return new MapDataset
        {
            Name = $"obs-{seed}",
            Counts = counts,
            Background = background,
            Exposure = Fill(new MapGeometry(grid, Resolved.EnergyTrue), "m2 s", (j, x) => 1e9 * (j + 1) + 1e6 * x * seed),
            MaskSafe = mask,
            Psf = new PsfMap(
                Fill(new MapGeometry(IrfGrid, Rad, Resolved.EnergyTrue), "sr-1", (plane, _) =>
                    1e4 * Math.Exp(-Math.Pow(Rad.Centers[plane % Rad.BinCount] / 0.1, 2) / 2)),
                Fill(new MapGeometry(IrfGrid, Rad.Squash(), Resolved.EnergyTrue), "m2 s", (j, x) => 1e9 * (j + 1) + seed * 1e7 * x)),
            Edisp = new EdispMap(
                Fill(new MapGeometry(IrfGrid, Resolved.Energy, Resolved.EnergyTrue), "", (_, _) => 0.45),
                Fill(new MapGeometry(IrfGrid, Resolved.Energy.Squash(), Resolved.EnergyTrue), "m2 s", (j, x) =>
                    1e9 * (j + 1) + seed * 1e7 * x)),
            Gti = GoodTimeIntervals.Of([new TimeInterval(1000 * seed, 1000 * seed + 600)]),
            LiveTimeS = 570,
        };
    }

    /// <summary>Five observations that overlap each other and the tiles' borders.</summary>
    public static MapDataset[] Several() =>
    [
        Observation(1, new PixelRegion(2, 1, 12, 10)), Observation(2, new PixelRegion(6, 4, 12, 10)),
        Observation(3, new PixelRegion(-3, 2, 10, 8)),
        Observation(4, new PixelRegion(12, 0, 12, 16)), Observation(5, Everywhere),
    ];

    public static byte[] Bytes(MapDataset dataset)
    {
        using var content = new MemoryStream();
        using (var writer = new FitsWriter(content, gzip: true, leaveOpen: true))
            MapDatasetFile.Write(writer, dataset, FitsElementType.Double);
        return content.ToArray();
    }

    public static async Task PutAsync(this IBlobStore store, string name, MapDataset dataset) =>
        await store.WriteAsync(name, Bytes(dataset), WriteCondition.Always, CancellationToken.None);

    public static async Task<MapDataset> ReadDatasetAsync(this IBlobStore store, string name)
    {
        using var file = FitsFile.Open((await store.OpenReadAsync(name, null, CancellationToken.None))!, name);
        return MapDatasetFile.Read(file);
    }

    public static async Task<Map<double>> ReadMapAsync(this IBlobStore store, string name, string hdu)
    {
        using var file = FitsFile.Open((await store.OpenReadAsync(name, null, CancellationToken.None))!, name);
        return MapReader.Read(file, file.Find(hdu)!);
    }

    /// <summary>The stack of a tile as one computes it without any grain.</summary>
    public static MapDataset Offline(TileId tile, IEnumerable<MapDataset> observations)
    {
        var all = observations.ToArray();
        var stack = new DatasetStack(Resolved.GridWithHalo(tile), StackTemplate.Of(all[0]));
        foreach (var observation in all)
            if (Resolved.TilesOf(observation).Contains(tile)) stack.Add(observation);
        return stack.ToDataset("offline");
    }

    /// <summary>Counts inside the masks and inside the survey.</summary>
    public static double SafeCounts(IEnumerable<MapDataset> observations)
    {
        var sum = 0.0;
        foreach (var observation in observations)
        {
            var pixels = ((GridTiling)Resolved.Tiling).InSurveyPixels(observation.Grid);
            for (var i = 0; i < observation.Counts!.Data.Length; i++)
            {
                var (x, y) = (i % pixels.Width + pixels.X, i / pixels.Width % pixels.Height + pixels.Y);
                if (observation.MaskSafe!.Data[i] && Everywhere.Contains(x, y)) sum += observation.Counts.Data[i];
            }
        }

        return sum;
    }

    private static Map<double> Fill(MapGeometry geometry, string unit, Func<int, int, double> value)
    {
        var map = new Map<double>(geometry, unit);
        for (var i = 0; i < geometry.Count; i++) map.Data[i] = value(i / geometry.PlaneLength, i % geometry.Width);
        return map;
    }
}
