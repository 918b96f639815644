using SkiaSharp;
using TsMapSurvey.Fits;
using TsMapSurvey.Plots;

namespace TsMapSurvey.Hips.Tests;

public sealed class HipsImageTests
{
    [Fact]
    public void A_file_gives_its_pixels_back_as_32_bit_floats_with_NaN()
    {
        var pixels = Enumerable.Range(0, TilePixels.Count).Select(i => i % 7 == 0 ? float.NaN : (float)Math.Sqrt(i)).ToArray();
        var file = HipsImage.Fits(pixels, TilePixels.Width, new FitsHeader().Set("NPIX", 12));

        Assert.Equal(pixels, HipsImage.Pixels(new MemoryStream(file), "tile"));
        using var fits = FitsFile.Open(new MemoryStream(file), "tile");
        Assert.Equal((-32, 512, 512, 12), (fits.Hdus[0].Header.GetInteger("BITPIX"), fits.Hdus[0].Header.GetInteger("NAXIS1"),
            fits.Hdus[0].Header.GetInteger("NAXIS2"), fits.Hdus[0].Header.GetInteger("NPIX")));
    }

    [Fact]
    public void A_damaged_file_and_one_of_another_size_are_refused()
    {
        var file = HipsImage.Fits(new float[TilePixels.Count], TilePixels.Width, new FitsHeader());
        file[^3000] ^= 1;
        Assert.Throws<FitsException>(() => HipsImage.Pixels(new MemoryStream(file), "tile"));
        var other = HipsImage.Fits(new float[64], 8, new FitsHeader());
        Assert.Equal("tile: found an image of 8 x 8 pixels, expected one of 512 x 512",
            Assert.Throws<HipsException>(() => HipsImage.Pixels(new MemoryStream(other), "tile")).Message);
    }

    [Theory]
    [InlineData("inferno", Stretch.Linear)]
    [InlineData("viridis", Stretch.Sqrt)]
    [InlineData("rdbu", Stretch.Asinh)]
    [InlineData("grey", Stretch.Log)]
    public void A_picture_has_row_x_from_the_top_and_column_y_and_is_transparent_without_value(string colormap, Stretch stretch)
    {
        var pixels = TilePixels.Blank();
        pixels[TilePixels.Offset(3, 500)] = 10;
        pixels[TilePixels.Offset(200, 1)] = -10;
        var scale = new ColorScale(Colormap.Find(colormap), stretch, -10, 10);
        using var png = SKBitmap.Decode(HipsImage.Png(pixels, TilePixels.Width, scale));

        Assert.Equal(Colour(scale.Colormap[1]), png.GetPixel(500, 3));
        Assert.Equal(Colour(scale.Colormap[0]), png.GetPixel(1, 200));
        Assert.Equal(2, png.Pixels.Count(pixel => pixel.Alpha != 0));
    }

    [Fact]
    public void What_sums_up_more_has_the_same_colour()
    {
        var scale = new ColorScale(Colormap.Inferno, Stretch.Asinh, 0, 10) { Softening = 2 };
        var deep = Enumerable.Repeat(3f, TilePixels.Count).ToArray();
        var wide = Enumerable.Repeat(48f, TilePixels.Count).ToArray();

        Assert.Equal(HipsImage.Png(deep, TilePixels.Width, scale), HipsImage.Png(wide, TilePixels.Width, scale, 16));
    }

    private static SKColor Colour(Rgba rgba) => new(rgba.R, rgba.G, rgba.B, rgba.A);
}
