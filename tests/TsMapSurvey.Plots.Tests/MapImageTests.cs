using SkiaSharp;

namespace TsMapSurvey.Plots.Tests;

public sealed class MapImageTests
{
    private static readonly ColorScale Scale = new(Colormap.Viridis, Stretch.Linear, 0, 1);

    [Fact]
    public void The_maps_top_left_pixel_is_the_pictures_top_left_pixel()
    {
        const int width = 5, height = 3;
        var values = new double[width * height];
        values[(height - 1) * width] = 1;
        using var picture = Pictures.Decode(MapImage.Png(values, width, height, Scale));
        Assert.Equal((width, height), (picture.Width, picture.Height));
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                Assert.Equal((x, y) == (0, 0) ? Colormap.Viridis[1] : Colormap.Viridis[0], Pictures.At(picture, x, y));
    }

    [Fact]
    public void NaN_is_transparent_unless_it_is_given_a_colour()
    {
        double[] values = [double.NaN, 0.5];
        using var bare = Pictures.Decode(MapImage.Png(values, 2, 1, Scale));
        Assert.Equal(0, Pictures.At(bare, 0, 0).A);
        Assert.Equal(255, Pictures.At(bare, 1, 0).A);
        using var grey = Pictures.Decode(MapImage.Png(values, 2, 1, Scale with { Nan = Rgba.Grey }));
        Assert.Equal(Rgba.Grey, Pictures.At(grey, 0, 0));
    }

    [Fact]
    public void A_jpeg_shows_what_the_png_shows_and_black_instead_of_nothing()
    {
        const int side = 64;
        double[] values = [.. Enumerable.Range(0, side * side).Select(i => i < side * side / 2 ? double.NaN : i % side / (double)side)];
        var bytes = MapImage.Jpeg(values, side, side, Scale);
        using var jpeg = Pictures.Decode(bytes);
        using var png = Pictures.Decode(MapImage.Png(values, side, side, Scale));

        Assert.Equal([0xFF, 0xD8], bytes[..2]);
        for (var y = 0; y < side; y += 4)
            for (var x = 0; x < side; x++)
            {
                var (own, other) = (Pictures.At(jpeg, x, y), Pictures.At(png, x, y));
                var expected = other.A == 0 ? new Rgba(0, 0, 0) : other;
                if (y is 28 or 32) continue;
                Assert.InRange(own.R - expected.R, -12, 12);
                Assert.InRange(own.G - expected.G, -12, 12);
                Assert.InRange(own.B - expected.B, -12, 12);
            }
    }

    [Theory]
    [InlineData(8, 6)]
    [InlineData(2, 2)]
    [InlineData(13, 5)]
    [InlineData(1, 1)]
    public void A_resized_picture_has_the_nearest_pixel_everywhere(int columns, int rows)
    {
        const int width = 4, height = 3;
        double[] values = [.. Enumerable.Range(0, width * height).Select(i => i / 11.0)];
        using var picture = Pictures.Decode(MapImage.Png(values, width, height, Scale, columns, rows));
        Assert.Equal((columns, rows), (picture.Width, picture.Height));
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var x = (int)Math.Floor((column + 0.5) * width / columns);
                var y = (int)Math.Floor((rows - row - 0.5) * height / rows);
                Assert.Equal(Colormap.Viridis[values[y * width + x]], Pictures.At(picture, column, row));
            }
        }
    }

    [Fact]
    public void The_file_is_an_RGBA_PNG()
    {
        var png = MapImage.Png([0, 1], 2, 1, Scale);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        // IHDR: depth 8, colour type 6 (truecolour with alpha); PNG specification, 11.2.2.
        Assert.Equal((8, 6), (png[24], png[25]));
        using var picture = Pictures.Decode(png);
        Assert.NotEqual(SKAlphaType.Opaque, picture.AlphaType);
    }

    [Fact]
    public void A_large_picture_allocates_little_more_than_its_file()
    {
        var values = new double[1000 * 1000];
        for (var i = 0; i < values.Length; i++) values[i] = i * 0.618 % 1;
        MapImage.Png(values, 1000, 1000, Scale);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var png = MapImage.Png(values, 1000, 1000, Scale);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, png.Length, png.Length + 64 * 1024);
    }

    [Theory]
    [InlineData(5, 2, 3, null, null)]
    [InlineData(0, 0, 0, null, null)]
    [InlineData(6, -2, -3, null, null)]
    [InlineData(6, 2, 3, 0, null)]
    [InlineData(6, 2, 3, null, 20000)]
    public void Sizes_that_make_no_picture_are_refused(int count, int width, int height, int? columns, int? rows) =>
        Assert.Equal(PlotError.BadSize,
            Assert.Throws<PlotException>(() => MapImage.Png(new double[count], width, height, Scale, columns, rows)).Error);
}
