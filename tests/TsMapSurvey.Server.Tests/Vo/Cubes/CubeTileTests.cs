using System.Globalization;
using System.Net;
using System.Text;
using CsCheck;
using SkiaSharp;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Tests.Vo.Cubes;

/// <summary>The tiles of a cube, read as the draft of HiPS 2.0 describes them.</summary>
[Trait("Pace", "slow")]
public sealed class CubeTileTests(CubeServer server) : IClassFixture<CubeServer>
{
    private const string Root = "/hips/cube";
    private const string Point = "/api/surveys/cube";
    private const int FirstCell = 406;
    private const int Bins = 13;

    [Fact]
    public async Task Ten_thousand_positions_have_the_value_of_the_map_of_the_tile_that_owns_them_in_every_bin()
    {
        var maps = new Dictionary<TileId, Maps.Map<double>>();
        foreach (var tile in CubeServer.Survey.Tiling.All())
        {
            using var file = FitsFile.Open(
                new MemoryStream((await server.Client.GetAsync($"{Point}/tiles/{tile}/bins/sqrt_ts.fits")).Bytes), "map");
            maps[tile] = MapReader.Read(file, file.Hdus.OfType<FitsImage>().Single(image => image.Count > 0));
        }

        var (tiles, finite) = (await DeepestAsync("bins-sqrt_ts-cube"), 0);
        Gen.Select(Gen.Double[-0.5, 59.5], Gen.Double[-0.5, 39.5]).ForSeeded((x, y) =>
        {
            Assert.True(CubeServer.Survey.Grid.Wcs.TryPixelToSky(x, y, out var lon, out var lat));
            var pixel = HealpixCell.Containing(new SkyPosition(lon, lat, SkyFrame.Galactic), 11);
            if (CubeServer.Survey.Tiling.Owner(pixel.Centre) is not { } owner) return;
            for (var bin = 0; bin < Bins; bin++)
            {
                var value = At(tiles, pixel, bin);
                Assert.Equal((float)maps[owner.Tile][bin, owner.Y, owner.X], value);
                if (float.IsFinite(value)) finite++;
            }
        }, 10_000);

        Assert.True(finite > 30_000, $"{finite} values were compared");
    }

    [Fact]
    public async Task Counts_and_excess_are_those_of_the_owning_tiles_stacks_in_every_bin()
    {
        var stacks = new Dictionary<TileId, Maps.Datasets.MapDataset>();
        foreach (var tile in CubeServer.Survey.Tiling.All())
        {
            await using var content = await server.Client.OpenAsync($"{Point}/tiles/{tile}/dataset.fits.gz");
            using var file = FitsFile.Open(content, "stack");
            stacks[tile] = MapDatasetFile.Read(file);
        }

        var (counts, excess, sum) = (await DeepestAsync("bins-counts-cube"), await DeepestAsync("point-excess-cube"), 0.0);
        Gen.Select(Gen.Double[-0.5, 59.5], Gen.Double[-0.5, 39.5]).ForSeeded((x, y) =>
        {
            Assert.True(CubeServer.Survey.Grid.Wcs.TryPixelToSky(x, y, out var lon, out var lat));
            var pixel = HealpixCell.Containing(new SkyPosition(lon, lat, SkyFrame.Galactic), 11);
            if (CubeServer.Survey.Tiling.Owner(pixel.Centre) is not { } owner) return;
            var (stack, box) = (stacks[owner.Tile], CubeServer.Survey.OwnedPixels(owner.Tile).Box);
            for (var bin = 0; bin < Bins; bin++)
            {
                var (column, row) = (box.X + owner.X, box.Y + owner.Y);
                var (n, b) = (stack.Counts![bin, row, column], stack.Background![bin, row, column]);
                Assert.Equal((float)n, At(counts, pixel, bin));
                Assert.Equal((float)(n - b), At(excess, pixel, bin));
                sum += n;
            }
        }, 3000);

        Assert.True(sum > 100, $"{sum} counts were compared");
    }

    [Fact]
    public async Task A_spectrum_is_that_of_the_point_service()
    {
        var (counts, excess, sqrtTs) =
            (await DeepestAsync("bins-counts-cube"), await DeepestAsync("bins-excess-cube"), await DeepestAsync("bins-sqrt_ts-cube"));
        var pixels = new List<HealpixCell>();
        Gen.Select(Gen.Double[8, 52], Gen.Double[6, 34]).ForSeeded((x, y) =>
        {
            Assert.True(CubeServer.Survey.Grid.Wcs.TryPixelToSky(x, y, out var lon, out var lat));
            pixels.Add(HealpixCell.Containing(new SkyPosition(lon, lat, SkyFrame.Galactic), 11));
        }, 40);
        var posted = "[" + string.Join(',', pixels.Select(pixel => string.Create(
            CultureInfo.InvariantCulture, $$"""{"ra": {{pixel.Centre.LonDeg:R}}, "dec": {{pixel.Centre.LatDeg:R}}}"""))) + "]";
        var fitted = 0;
        for (var bin = 0; bin < Bins; bin++)
        {
            var points = (await server.Client.PostAsync($"{Point}/points?map=bins&energy={bin}", posted)).Json.EnumerateArray().ToArray();
            Assert.Equal(pixels.Count, points.Length);
            for (var i = 0; i < points.Length; i++)
            {
                double? Value(string name) => points[i].GetProperty(name) is { ValueKind: System.Text.Json.JsonValueKind.Number } value
                    ? value.GetDouble() : null;
                // Counts and background of the pixel are of all energies.
                Assert.Equal(Value("counts")!.Value, Enumerable.Range(0, Bins).Sum(one => At(counts, pixels[i], one)));
                Assert.Equal(Value("counts")!.Value - Value("background")!.Value,
                    Enumerable.Range(0, Bins).Sum(one => (double)At(excess, pixels[i], one)), 1e-5);
                if (Value("sqrtTs") is not { } expected) Assert.Equal(float.NaN, At(sqrtTs, pixels[i], bin));
                else
                {
                    Assert.Equal((float)expected, At(sqrtTs, pixels[i], bin));
                    fitted++;
                }
            }
        }

        Assert.True(fitted > 200, $"{fitted} fits were compared");
    }

    [Fact]
    public async Task Lower_orders_have_all_counts_and_the_largest_sqrt_ts()
    {
        var (deepest, lowest) = (await DeepestAsync("point-counts-cube"), await TilesAsync("point-counts-cube", 0, 1));
        var counts = deepest.Values.Sum(Total);
        Assert.True(counts > 100);
        Assert.Equal(counts, lowest.Values.Sum(Total));
        Assert.Equal(counts, (await TilesAsync("point-counts-cube", 1, 2)).Values.Sum(Total));

        float Largest(Dictionary<(long, long), float[]> tiles) =>
            tiles.Values.Max(tile => tile.Where(float.IsFinite).DefaultIfEmpty().Max());
        Assert.Equal(Largest(await DeepestAsync("bins-sqrt_ts-cube")), Largest(await TilesAsync("bins-sqrt_ts-cube", 0, 1)));

        static double Total(float[] tile) => tile.Where(float.IsFinite).Sum(value => (double)value);
    }

    [Fact]
    public async Task Properties_are_those_of_a_spectral_cube_for_the_draft_and_for_Aladin_Lite()
    {
        var text = Encoding.UTF8.GetString((await server.Client.GetAsync($"{Root}/bins-counts-cube/properties")).Bytes);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line.Split('=')[0].Trim(), line => line.Split('=')[1].Trim());

        foreach (var (key, value) in new[]
        {
            ("dataproduct_type", "spectral-cube"), ("dataproduct_subtype", "live"), ("hips_version", "1.5"), ("hips_order", "3"),
            ("hips_order_axis2", "4"), ("hips_order_freq", "4"), ("hips_order_hierarchy", "3_4 2_3 1_2 0_1"), ("hips_tile_width", "256"),
            ("hips_tile_depth", "16"), ("hips_pixel_bitpix", "-32"), ("hips_tile_format", "fits png"), ("hips_bunit", "count"),
        }) Assert.Equal((key, value), (key, lines[key]));
        // The middle of cell 412, which is that of the axis.
        Assert.Equal(412.5, FrequencyCells.PlaceOf(8, double.Parse(lines["hips_initial_freq"], CultureInfo.InvariantCulture)), 1e-6);
        Assert.Contains("dataproduct_type     = spectral-cube\n",
            Encoding.UTF8.GetString((await server.Client.GetAsync("/hipslist")).Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_paths_are_revalidated_versions_never_change_and_pictures_have_the_planes_side_by_side()
    {
        var cell = HealpixCell.Containing(new SkyPosition(340, 0, SkyFrame.Galactic), 3);
        var path = $"Norder3_4/Dir0_20/Npix{cell.Index}_25";
        var live = await server.Client.GetAsync($"{Root}/bins-counts-cube/{path}.fits");
        Assert.Equal("no-cache", live.Headers.CacheControl!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, (await server.Client.GetAsync($"{Root}/bins-counts-cube/{path}.fits", live.ETag)).Status);
        var properties = await server.Client.GetAsync($"{Root}/bins-counts-cube/properties");
        var version = properties.ETag!.Trim('"').Replace("-properties", "", StringComparison.Ordinal);
        var fixedOne = await server.Client.GetAsync($"{Root}/bins-counts-cube/v/{version}/{path}.fits");
        Assert.Contains("immutable", fixedOne.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(live.Bytes, fixedOne.Bytes);

        using var png = SKBitmap.Decode((await server.Client.GetAsync($"{Root}/bins-counts-cube/{path}.png?rescale=0,3")).Bytes);
        Assert.Equal((1024, 1024), (png.Width, png.Height));
        // Planes 0 to 5 of this tile are below the survey's energies.
        Assert.Equal(0, png.GetPixel(128, 128).Alpha);
        Assert.Contains(Enumerable.Range(0, 256), x => png.GetPixel(512 + x, 256 + 128).Alpha == 255);
    }

    [Theory]
    [InlineData("bins-counts-cube/Norder3_3/Dir0_10/Npix{0}_12.fits")]
    [InlineData("bins-counts-cube/Norder3_4/Dir0_20/Npix{0}_24.fits")]
    [InlineData("bins-counts-cube/Norder3_4/Dir0_20/Npix{0}_27.png")]
    [InlineData("bins-counts-cube/Norder3_4/Dir0_25/Npix{0}_25.fits")]
    [InlineData("bins-counts-cube/Norder4_5/Dir0_50/Npix{0}_51.fits")]
    [InlineData("bins-counts-cube/Norder3_4/Dir0_20/Npix0_25.fits")]
    [InlineData("bins-counts-cube/Norder3_-4/Dir0_20/Npix{0}_25.fits")]
    [InlineData("bins-counts-cube/Norder3/Dir0/Npix{0}.fits")]
    [InlineData("bins-counts-cube/Norder3/Allsky.fits")]
    [InlineData("bins-counts-cube/Norder3/Allsky.png")]
    [InlineData("point-counts/Norder3_4/Dir0_20/Npix{0}_25.fits")]
    [InlineData("point-sqrt_ts-cube/properties")]
    public async Task What_a_cube_does_not_have_is_404(string path)
    {
        var cell = HealpixCell.Containing(new SkyPosition(340, 0, SkyFrame.Galactic), 3);
        var answer = await server.Client.GetAsync($"{Root}/{string.Format(CultureInfo.InvariantCulture, path, cell.Index)}");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    [Fact]
    public async Task A_cube_is_no_image_of_hips2fits()
    {
        var answer = await server.Client.GetAsync(
            "/hips2fits?hips=cube/bins-counts-cube&width=9&height=9&fov=1&ra=254.6&dec=-45.5&projection=TAN");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("a cube, expected a layer that is an image", Encoding.UTF8.GetString(answer.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_coverage_has_the_tiles_and_the_frequencies()
    {
        using var file = FitsFile.Open(
            new MemoryStream((await server.Client.GetAsync($"{Root}/bins-counts-cube/Moc.fits")).Bytes), "Moc.fits");
        var table = Assert.IsType<FitsTable>(file.Hdus[1]);
        var numbers = table.Find("RANGE")!.ReadIntegers();

        Assert.Equal("FREQUENCY.SPACE", table.Header.GetString("MOCDIM"));
        Assert.Equal([(406L << 43) | long.MinValue, (419L << 43) | long.MinValue], numbers.Take(2));
        var centre = HealpixCell.Containing(new SkyPosition(340, 0, SkyFrame.Galactic), 29).Index;
        Assert.Contains(numbers.Skip(2).Chunk(2), range => range[0] <= centre && centre < range[1]);
    }

    /// <summary>By number of a pixel of order 11 and energy bin; by the definitions of the draft alone.</summary>
    private static float At(Dictionary<(long, long), float[]> tiles, HealpixCell pixel, int bin)
    {
        var cell = FirstCell + bin;
        var (x, y) = ZOrder.Split(pixel.Index & 0xFFFF);
        return tiles[(pixel.Index >> 16, cell / 16)][cell % 16 * 65536 + (255 - x) * 256 + y];
    }

    private Task<Dictionary<(long Space, long Frequency), float[]>> DeepestAsync(string layer) => TilesAsync(layer, 3, 4);

    private async Task<Dictionary<(long Space, long Frequency), float[]>> TilesAsync(string layer, int order, int frequencyOrder)
    {
        var tiles = new Dictionary<(long, long), float[]>();
        // A tile's frequency cell contains 16 cells of order + 4.
        var shift = 8 - frequencyOrder;
        for (long index = 0; index < HealpixCell.Count(order); index++)
            for (var frequency = FirstCell >> shift; frequency <= (FirstCell + Bins - 1) >> shift; frequency++)
            {
                var path = $"Norder{order}_{frequencyOrder}/Dir0_{frequency / 10 * 10}/Npix{index}_{frequency}.fits";
                var answer = await server.Client.GetAsync($"{Root}/{layer}/{path}");
                if (answer.Status == HttpStatusCode.NotFound) break;
                Assert.Equal(HttpStatusCode.OK, answer.Status);
                using var file = FitsFile.Open(new MemoryStream(answer.Bytes), path);
                file.EnsureIntact();
                var image = (FitsImage)file.Hdus[0];
                Assert.Equal([256, 256, 16], image.Axes);
                tiles[(index, frequency)] = image.ReadSingles();
            }

        Assert.NotEmpty(tiles);
        return tiles;
    }
}
