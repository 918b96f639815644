using CsCheck;
using TsMapSurvey.Fits;
using TsMapSurvey.Hips;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Tests.Vo.Hips;

[Trait("Pace", "slow")]
public sealed class HipsPixelTests(StackedServer server) : IClassFixture<StackedServer>
{
    private readonly HipsReader _reader = new(server.Client);

    [Theory]
    [InlineData("point-sqrt_ts", "point/sqrt_ts", 0)]
    [InlineData("point-flux_ul", "point/flux_ul", 0)]
    [InlineData("bands-flux-4.24-30TeV", "bands/flux", 1)]
    [InlineData("point-counts", "point/counts", 0)]
    [InlineData("bands-exposure-0.6-4.24TeV", "bands/exposure", 0)]
    public async Task Ten_thousand_positions_have_the_value_of_the_map_of_the_tile_that_owns_them(string layer, string quantity, int bin)
    {
        var maps = new Dictionary<TileId, Maps.Map<double>>();
        foreach (var tile in HipsReader.Survey.Tiling.All()) maps[tile] = await MapAsync(tile, quantity);
        var tiles = new Dictionary<long, float[]>();
        foreach (var cell in await _reader.TilesAsync(layer, 3))
            tiles[cell.Index] = await _reader.PixelsAsync($"{HipsReader.Root}/{layer}/{HipsReader.Path(cell)}");
        var (owned, finite) = (0, 0);

        Gen.Select(Gen.Double[-0.5, 59.5], Gen.Double[-0.5, 39.5]).ForSeeded((x, y) =>
        {
            Assert.True(HipsReader.Survey.Grid.Wcs.TryPixelToSky(x, y, out var lon, out var lat));
            var pixel = HealpixCell.Containing(new SkyPosition(lon, lat, SkyFrame.Galactic), 12);
            // A pixel of the HiPS shows the survey at its own centre.
            if (HipsReader.Survey.Tiling.Owner(pixel.Centre) is not { } owner) return;
            var value = HipsReader.At(tiles[pixel.Index >> 18], pixel.Index);
            Assert.Equal((float)maps[owner.Tile][bin, owner.Y, owner.X], value);
            owned++;
            if (float.IsFinite(value)) finite++;
        }, 10_000);

        Assert.True(owned > 9_800 && finite > 3_000, $"{owned} positions were compared, {finite} of them with a value");
    }

    [Fact]
    public async Task Pixels_outside_the_survey_have_no_value()
    {
        var cells = await _reader.TilesAsync("point-counts", 3);
        foreach (var cell in cells)
        {
            var tile = await _reader.PixelsAsync($"{HipsReader.Root}/point-counts/{HipsReader.Path(cell)}");
            Gen.Long[0, (1 << 18) - 1].ForSeeded(number =>
            {
                var centre = new HealpixCell(12, (cell.Index << 18) + number).Centre;
                Assert.Equal(HipsReader.Survey.Tiling.Owner(centre) is null, float.IsNaN(HipsReader.At(tile, number)));
            }, 2000);
        }
    }

    [Theory]
    [InlineData("point-sqrt_ts")]
    [InlineData("point-counts")]
    [InlineData("point-flux")]
    public async Task A_parent_is_made_of_its_four_children_or_shows_the_surveys_pixels_if_they_are_not_smaller(string layer)
    {
        var sampled = HipsOrders.Resolving(HipsReader.Survey.Tiling.PixelScaleDeg);
        for (var order = 2; order >= 0; order--)
            foreach (var parent in await _reader.TilesAsync(layer, order))
            {
                var own = await _reader.PixelsAsync($"{HipsReader.Root}/{layer}/{HipsReader.Path(parent)}");
                var children = new Dictionary<int, float[]>();
                foreach (var child in await _reader.TilesAsync(layer, order + 1))
                    if (child.Parent == parent)
                        children[(int)(child.Index & 3)] = await _reader.PixelsAsync($"{HipsReader.Root}/{layer}/{HipsReader.Path(child)}");

                // Pixel p of a parent is the four pixels 4 p to 4 p + 3 of the next order.
                for (var pixel = 0; pixel < 1 << 18; pixel += 7)
                {
                    var number = pixel >> 16;
                    var four = !children.TryGetValue(number, out var child) ? [] : Enumerable.Range(0, 4)
                        .Select(i => HipsReader.At(child, ((pixel & 0xFFFF) << 2) + i)).Where(float.IsFinite).ToArray();
                    if (order >= sampled)
                    {
                        // The survey's pixel at its centre reaches over the centre of one of the four.
                        var (found, gain) = (HipsReader.At(own, pixel), layer == "point-counts" ? 4 : 1);
                        if (float.IsFinite(found)) Assert.Contains(found, four.Select(value => gain * value));
                        else Assert.True(four.Length < 4);
                        continue;
                    }

                    var expected = four.Length == 0 ? float.NaN : layer switch
                    {
                        "point-counts" => four.Sum(),
                        "point-sqrt_ts" => four.Max(),
                        _ => (float)four.Average(value => (double)value),
                    };
                    Assert.Equal(expected, HipsReader.At(own, pixel));
                }
            }
    }

    [Fact]
    public async Task The_Allsky_image_shows_the_tiles_of_order_3_from_the_top()
    {
        var allsky = await _reader.PixelsAsync($"{HipsReader.Root}/point-sqrt_ts/Norder3/Allsky.fits");
        Assert.Equal(27 * 29 * 64 * 64, allsky.Length);
        var shown = 0;
        foreach (var cell in await _reader.TilesAsync("point-sqrt_ts", 3))
        {
            var tile = await _reader.PixelsAsync($"{HipsReader.Root}/point-sqrt_ts/{HipsReader.Path(cell)}");
            var (top, left) = (29 * 64 - 1 - 64 * (cell.Index / 27), 64 * (cell.Index % 27));
            for (var row = 0; row < 64; row++)
                for (var column = 0; column < 64; column++)
                {
                    var block = from y in Enumerable.Range(8 * (63 - row), 8)
                                from x in Enumerable.Range(8 * column, 8)
                                let value = tile[y * 512 + x]
                                where float.IsFinite(value)
                                select value;
                    var expected = block.Any() ? block.Max() : float.NaN;
                    Assert.Equal(expected, allsky[(top - row) * 27 * 64 + left + column]);
                    if (float.IsFinite(expected)) shown++;
                }
        }

        Assert.True(shown > 1000);
        Assert.Equal(shown, allsky.Count(float.IsFinite));
    }

    private async Task<Maps.Map<double>> MapAsync(TileId tile, string quantity)
    {
        var answer = await server.Client.GetAsync($"/api/surveys/small/tiles/{tile}/{quantity}.fits");
        using var file = FitsFile.Open(new MemoryStream(answer.Bytes), quantity);
        return MapReader.Read(file, file.Hdus.OfType<FitsImage>().Single(image => image.Count > 0));
    }
}
