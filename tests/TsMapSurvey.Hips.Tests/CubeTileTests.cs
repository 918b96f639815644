using SkiaSharp;
using TsMapSurvey.Fits;
using TsMapSurvey.Plots;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips.Tests;

public sealed class CubeTileTests
{
    private static readonly FrequencyCells Cells = new(8, 410, 421);

    private static readonly GridTiling Galactic =
        new(Skies.Grid(340, 0, 90, 50, 0.1, SkyFrame.Galactic, Projection.Car), 20);

    private static readonly CubeGrid Grid = CubeGrid.For(0.1, Cells);

    private static readonly HealpixCell Space = HealpixCell.Containing(new SkyPosition(340, 0, SkyFrame.Galactic), Grid.SpaceOrder);

    [Fact]
    public void The_tiles_follow_the_draft_of_the_standard()
    {
        Assert.Equal((3, 4, 16, "3_4 2_3 1_2 0_1"), (Grid.SpaceOrder, Grid.FrequencyOrder, Grid.Depth, Grid.Hierarchy));
        Assert.Equal([25L, 26], Grid.TilesIn(Space).Select(cell => cell.FrequencyIndex));
        Assert.Equal("Norder3_4/Dir0_20/Npix450_25", new CubeCell(new HealpixCell(3, 450), 4, 25).ToString());
        Assert.Equal("Norder9_10/Dir1230000_1640/Npix1234567_1641", new CubeCell(new HealpixCell(9, 1234567), 10, 1641).ToString());
    }

    [Theory]
    [InlineData(0.01, 8, 5, 5, 8)]
    [InlineData(0.02, 8, 4, 4, 16)]
    [InlineData(0.02, 9, 4, 5, 16)]
    [InlineData(0.001, 8, 8, 8, 1)]
    [InlineData(0.0003, 8, 10, 8, 1)]
    public void Tiles_are_less_deep_where_the_orders_of_frequency_would_end_first(
        double pixelDeg, int fmocOrder, int spaceOrder, int frequencyOrder, int depth)
    {
        var grid = CubeGrid.For(pixelDeg, new FrequencyCells(fmocOrder, 410, 415));

        Assert.Equal((spaceOrder, frequencyOrder, depth), (grid.SpaceOrder, grid.FrequencyOrder, grid.Depth));
        Assert.Equal(Math.Max(0, frequencyOrder - spaceOrder), grid.FrequencyOrderOf(0));
    }

    [Fact]
    public void Every_plane_is_the_survey_in_its_energy_bin_and_those_beyond_are_empty()
    {
        foreach (var cell in Grid.TilesIn(Space))
        {
            var tile = CubeTile.Sample(Grid, cell, new OwnedImages(Galactic, Cubes()), TestContext.Current.CancellationToken);
            for (var plane = 0; plane < 16; plane++)
            {
                var bin = cell.FrequencyIndex * 16 + plane - Cells.First;
                for (var pixel = 0; pixel < 1 << 16; pixel += 97)
                {
                    var (x, y) = ZOrder.Split(pixel);
                    var centre = new HealpixCell(11, (Space.Index << 16) + pixel).Centre;
                    var expected = bin >= 0 && bin < Cells.Count && Galactic.Grid.TryPixelOf(centre, out int column, out int row)
                        ? (float)(1e5 * bin + 1000 * row + column) : float.NaN;
                    Assert.Equal(expected, tile[plane * 65536 + (255 - x) * 256 + y]);
                }
            }
        }
    }

    [Theory]
    [InlineData(HipsReduction.Sum)]
    [InlineData(HipsReduction.Max)]
    public void A_parent_is_made_of_four_pixels_and_two_frequencies(HipsReduction reduction)
    {
        var images = new OwnedImages(Galactic, Cubes());
        var parent = new CubeCell(Space.Parent, 3, 13);
        var pixels = Grid.Blank();
        var children = new Dictionary<CubeCell, float[]>();
        foreach (var child in CubeTile.ChildrenOf(Grid, parent))
        {
            children[child] = CubeTile.Sample(Grid, child, images, TestContext.Current.CancellationToken);
            CubeTile.Add(pixels, Grid, parent, child, children[child], reduction);
        }

        Assert.Equal(4, children.Count);
        var compared = 0;
        for (var plane = 0; plane < 16; plane++)
            for (var pixel = 0; pixel < 1 << 16; pixel += 53)
            {
                var cell = 2 * (13 * 16 + plane);
                float[] eight =
                [
                    .. from frequency in new[] { cell, cell + 1 }
                       from i in Enumerable.Range(0, 4)
                       let own = new CubeCell(new HealpixCell(3, (Space.Parent.Index << 2) + (pixel >> 14)), 4, frequency / 16)
                       where children.ContainsKey(own)
                       let place = ZOrder.Split(((pixel & 0x3FFF) << 2) + i)
                       let value = children[own][frequency % 16 * 65536 + (255 - place.Column) * 256 + place.Row]
                       where float.IsFinite(value)
                       select value,
                ];
                var (x, y) = ZOrder.Split(pixel);
                var found = pixels[plane * 65536 + (255 - x) * 256 + y];
                if (eight.Length == 0) Assert.Equal(float.NaN, found);
                else Assert.Equal(1, found / (reduction == HipsReduction.Sum ? eight.Sum() : eight.Max()), 1e-6);
                compared += eight.Length;
            }

        Assert.True(compared > 1000);
    }

    [Fact]
    public void A_file_has_its_pixels_and_the_frequencies_of_its_planes()
    {
        var cell = new CubeCell(Space, 4, 26);
        var pixels = CubeTile.Sample(Grid, cell, new OwnedImages(Galactic, Cubes()), TestContext.Current.CancellationToken);
        var file = CubeImage.Fits(Grid, cell, pixels, new FitsHeader());

        Assert.Equal(pixels, CubeImage.Pixels(Grid, new MemoryStream(file), "tile"));
        Assert.True(file.Length <= CubeImage.MaxBytes(Grid));
        using var fits = FitsFile.Open(new MemoryStream(file), "tile");
        double Card(string key) => fits.Hdus[0].Header.GetDouble(key)!.Value;
        // FREQ-LOG of FITS WCS paper III at the middle of the fourth plane, which is frequency cell 26 * 16 + 3.
        var hz = Card("CRVAL3") * Math.Exp(Card("CDELT3") * (4 - Card("CRPIX3")) / Card("CRVAL3"));
        Assert.Equal(26 * 16 + 3.5, FrequencyCells.PlaceOf(8, hz), 1e-6);
        Assert.Equal("tile: found an image of 8 x 8 pixels, expected one of 256 x 256 x 16", Assert.Throws<HipsException>(() =>
            CubeImage.Pixels(Grid, new MemoryStream(HipsImage.Fits(new float[64], 8, new FitsHeader())), "tile")).Message);
    }

    [Fact]
    public void A_picture_has_the_planes_side_by_side_from_the_top_left()
    {
        var pixels = Grid.Blank();
        pixels[CubeGrid.Offset(0, 3, 200)] = 10;
        pixels[CubeGrid.Offset(6, 100, 7)] = -10;
        var scale = new ColorScale(Colormap.Inferno, Stretch.Linear, -10, 10);
        using var png = SKBitmap.Decode(CubeImage.Png(Grid, pixels, scale));

        Assert.Equal((1024, 1024, 2), (png.Width, png.Height, png.Pixels.Count(pixel => pixel.Alpha != 0)));
        Assert.Equal(255, png.GetPixel(200, 3).Alpha);
        Assert.Equal(255, png.GetPixel(2 * 256 + 7, 256 + 100).Alpha);
    }

    [Fact]
    public void The_coverage_is_one_of_frequency_and_space()
    {
        using var file = FitsFile.Open(new MemoryStream(HipsMoc.Fits([new HealpixCell(7, 5)], Cells)), "Moc.fits");
        var table = Assert.IsType<FitsTable>(file.Hdus[1]);

        Assert.Equal(("FREQUENCY.SPACE", "RANGE", 8, 7), (table.Header.GetString("MOCDIM"), table.Header.GetString("ORDERING"),
            table.Header.GetInteger("MOCORD_F"), table.Header.GetInteger("MOCORD_S")));
        Assert.Equal([(410L << 43) | long.MinValue, (421L << 43) | long.MinValue, 5L << 44, 6L << 44],
            table.Find("RANGE")!.ReadIntegers());
    }

    /// <summary>Numbered images, with 100,000 more in each energy bin.</summary>
    private static Dictionary<TileId, double[]> Cubes() => Skies.Numbered(Galactic).ToDictionary(
        image => image.Key, image => Enumerable.Range(0, (int)Cells.Count).SelectMany(bin => image.Value.Select(value => 1e5 * bin + value))
            .ToArray());
}
