using SkiaSharp;
using TsMapSurvey.Fits;
using TsMapSurvey.Plots;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips.Tests;

public sealed class AllskyImageTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(26, 0, 26)]
    [InlineData(27, 1, 0)]
    [InlineData(767, 28, 11)]
    public void Tiles_run_from_the_top_left_as_displayed_in_FITS_and_PNG(int tile, int rowFromTop, int column)
    {
        var image = AllskyImage.Blank();
        var cell = new float[64 * 64];
        Array.Fill(cell, 5f);
        // The tile's own top left pixel is brighter.
        cell[63 * 64] = 9;
        AllskyImage.Place(image, new HealpixCell(3, tile), cell);

        using var fits = FitsFile.Open(new MemoryStream(HipsImage.Fits(image, AllskyImage.Width, new FitsHeader())), "Allsky.fits");
        var hdu = Assert.IsType<FitsImage>(Assert.Single(fits.Hdus));
        Assert.Equal([27 * 64, 29 * 64], hdu.Axes);
        var values = hdu.ReadSingles();
        // Row 0 of a FITS image is displayed at the bottom.
        Assert.Equal(9, values[(29 * 64 - 1 - 64 * rowFromTop) * 27 * 64 + 64 * column]);
        Assert.Equal(64 * 64, values.Count(float.IsFinite));

        var scale = new ColorScale(Colormap.Viridis, Stretch.Linear, 5, 9);
        using var png = SKBitmap.Decode(HipsImage.Png(image, AllskyImage.Width, scale));
        Assert.Equal((27 * 64, 29 * 64), (png.Width, png.Height));
        var (left, top) = (64 * column, 64 * rowFromTop);
        Assert.Equal(new SKColor(Colormap.Viridis[1].R, Colormap.Viridis[1].G, Colormap.Viridis[1].B), png.GetPixel(left, top));
        Assert.Equal(new SKColor(Colormap.Viridis[0].R, Colormap.Viridis[0].G, Colormap.Viridis[0].B), png.GetPixel(left + 63, top + 63));
        if (tile != 0) Assert.Equal(0, png.GetPixel(0, 0).Alpha);
    }

    [Fact]
    public void A_tile_is_shrunk_eightfold_by_its_reduction()
    {
        var tile = new float[TilePixels.Count];
        tile[^1] = 64;
        var shrunk = AllskyImage.Shrink(tile, HipsReduction.Mean);

        Assert.Equal(64 * 64, shrunk.Length);
        Assert.Equal(1, shrunk[^1]);
        Assert.Equal(1, shrunk.Sum());
        Assert.Equal(64, AllskyImage.Shrink(tile, HipsReduction.Max)[^1]);
    }
}
