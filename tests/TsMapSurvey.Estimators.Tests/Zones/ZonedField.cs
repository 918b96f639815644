using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Models;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests.Zones;

/// <summary>70 x 64 pixels of 0.05 degrees with response pixels of 8 x 8 pixels; the PSF widens to the right by half.</summary>
internal static class ZonedField
{
    public const int ResponsePixels = 8;
    private const double PixelDeg = 0.05;

    public static TsMapOptions Options { get; } =
        new() { KernelWidthDeg = 0.75, NJobs = 2, Model = new SkyModel(new PointSource(), new PowerLaw(2, 1e-13)) };

    private static SkyGrid Whole { get; } = new(
        Wcs.Create(SkyFrame.Icrs, Projection.Tan, new SkyPosition(83, 22, SkyFrame.Icrs), 41, 33, -PixelDeg, PixelDeg), 80, 64);

    public static SkyGrid Image { get; } = Whole.Cutout(3, 0, 70, 64);

    /// <summary>What an image of the field holds; images that share pixels have the same content there.</summary>
    public static MapDataset Dataset(SkyGrid? image = null)
    {
        var grid = image ?? Image;
        Assert.True(grid.IsAlignedWith(Whole, out var left, out var bottom));
        var cube = new MapGeometry(grid, Samples.Energy);
        // Response pixels of the whole field, one more than needed on each side.
        var responses = new SkyGrid(
            Whole.Wcs.Cutout(-ResponsePixels, -ResponsePixels).Binned(ResponsePixels), 2 + 80 / ResponsePixels, 2 + 64 / ResponsePixels);
        Map<double> Values(MapGeometry geometry, string unit, Func<int, int, int, double> value) => new(
            geometry, [.. Enumerable.Range(0, geometry.Count).Select(i =>
                value(i / geometry.PlaneLength, i % geometry.Width, i / geometry.Width % geometry.Height))], unit);
        double Random(int plane, int x, int y) => new Random(((plane * 100) + y + bottom) * 1000 + x + left).NextDouble();
        return new MapDataset
        {
            Name = "field",
            Counts = Values(cube, "", (k, x, y) => Math.Floor(3 * Random(k, x, y)) + (x + left == 40 && y + bottom == 30 ? 5 : 0)),
            Background = Values(cube, "", (k, x, y) => 0.8 + 0.2 * Random(k + 10, x, y)),
            Exposure = Values(new MapGeometry(grid, Samples.EnergyTrue), "m2 s", (j, x, _) => 1e10 * (j + 1) * (1 + 0.002 * (x + left))),
            Psf = new PsfMap(
                Values(new MapGeometry(responses, Samples.Rad, Samples.EnergyTrue), "sr-1", (plane, x, _) =>
                {
                    var r = double.DegreesToRadians(Samples.Rad.Centers[plane % Samples.Rad.BinCount]);
                    var sigma = double.DegreesToRadians(0.08 * (1 + 0.05 * x));
                    return Math.Exp(-r * r / (2 * sigma * sigma)) / (2 * Math.PI * sigma * sigma);
                }),
                Values(new MapGeometry(responses, Samples.Rad.Squash(), Samples.EnergyTrue), "m2 s", (_, _, _) => 1e10)),
            Edisp = new EdispMap(
                Values(new MapGeometry(responses, Samples.Energy, Samples.EnergyTrue), "",
                    (plane, x, y) => 0.2 + 0.01 * (x + y + plane % 3)),
                Values(new MapGeometry(responses, Samples.Energy.Squash(), Samples.EnergyTrue), "m2 s", (_, _, _) => 1e10)),
        };
    }

    /// <summary>The dataset with one response everywhere, that of a position.</summary>
    public static MapDataset WithResponsesOf(MapDataset dataset, SkyPosition position)
    {
        Map<double> At(Map<double> map, MapGeometry? shape = null)
        {
            var (x, y) = map.Geometry.NearestPixel(position);
            return new Map<double>(map.Geometry.WithGrid(null),
                [.. Enumerable.Range(0, map.Geometry.PlaneCount).Select(plane => map[plane, y, x])], map.Unit);
        }

        return dataset with
        {
            Psf = new PsfMap(At(dataset.Psf!.Density), At(dataset.Psf.Exposure!)),
            Edisp = new EdispMap(At(dataset.Edisp!.Data), At(dataset.Edisp.Exposure!)),
        };
    }
}
