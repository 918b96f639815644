using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Tests;

/// <summary>The pixels of the small survey that have exposure, from its tiles' datasets.</summary>
internal sealed class ExposedPixels
{
    private readonly SkyGrid _grid = ((GridTiling)Survey.Resolve(SmallSurvey.Definition).Tiling).Grid;
    private readonly bool[] _exposed;

    private ExposedPixels() => (_exposed, Counts) = (new bool[_grid.Region.Area], new double[_grid.Region.Area]);

    /// <summary>Of each pixel, summed over energy.</summary>
    public double[] Counts { get; }

    public SkyGrid Grid => _grid;

    public static async Task<ExposedPixels> ReadAsync(Client client)
    {
        var (pixels, survey) = (new ExposedPixels(), Survey.Resolve(SmallSurvey.Definition));
        foreach (var tile in (await client.GetAsync("/api/surveys/small/tiles")).Json.EnumerateArray())
        {
            var name = tile.GetProperty("tile").GetString()!;
            var answer = await client.GetAsync($"/api/surveys/small/tiles/{name}/dataset.fits.gz");
            using var file = FitsFile.Open(new MemoryStream(answer.Bytes), name);
            var dataset = MapDatasetFile.Read(file);
            var id = survey.FindTile(name);
            var (box, place) = (survey.OwnedPixels(id).Box, ((GridTiling)survey.Tiling).RegionOf(id));
            for (var y = 0; y < box.Height; y++)
                for (var x = 0; x < box.Width; x++)
                {
                    var pixel = (place.Y + y) * pixels._grid.Width + place.X + x;
                    for (var j = 0; j < dataset.Exposure!.Geometry.PlaneCount; j++)
                        pixels._exposed[pixel] |= dataset.Exposure[j, box.Y + y, box.X + x] > 0;
                    for (var k = 0; k < dataset.Counts!.Geometry.PlaneCount; k++)
                        pixels.Counts[pixel] += dataset.Counts[k, box.Y + y, box.X + x];
                }
        }

        return pixels;
    }

    public bool this[int x, int y] => _grid.Region.Contains(x, y) && _exposed[y * _grid.Width + x];

    /// <summary>Whether the position's pixel has exposure; null if it has a neighbour with the other answer.</summary>
    public bool? Around(SkyPosition position)
    {
        Assert.True(_grid.TryPixelOf(position, out double column, out double row), position.ToString());
        var (x, y) = ((int)Math.Floor(column + 0.5), (int)Math.Floor(row + 0.5));
        for (var dy = -1; dy <= 1; dy++)
            for (var dx = -1; dx <= 1; dx++)
                if (this[x + dx, y + dy] != this[x, y]) return null;
        return this[x, y];
    }

    /// <summary>Numbers of the exposed pixels whose centre is in a region.</summary>
    public int[] In(Moc region) =>
    [
        .. Enumerable.Range(0, _exposed.Length)
            .Where(pixel => _exposed[pixel] && region.Contains(_grid.PixelCentre(pixel % _grid.Width, pixel / _grid.Width)!.Value)),
    ];
}
