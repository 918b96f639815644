using SkiaSharp;
using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Plots.Tests;

/// <summary>Maps to draw and pictures to look at, for the tests of this project.</summary>
internal static class Pictures
{
    internal static SKBitmap Decode(byte[] png) => SKBitmap.Decode(png);

    internal static SkyGrid Galactic(int width, int height, double stepDeg = 0.1, double lonDeg = 0) =>
        new(Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(lonDeg, 0, SkyFrame.Galactic), (width + 1) / 2.0,
            (height + 1) / 2.0, -stepDeg, stepDeg), width, height);

    internal static SkyGrid Tangential(int pixels, double raDeg, double decDeg, double stepDeg) =>
        new(Wcs.Create(SkyFrame.Icrs, Projection.Tan, new SkyPosition(raDeg, decDeg, SkyFrame.Icrs), (pixels + 1) / 2.0,
            (pixels + 1) / 2.0, -stepDeg, stepDeg), pixels, pixels);

    /// <summary>168 x 88 pixels of two degrees.</summary>
    internal static SkyGrid AllSky(Projection projection, double lonDeg = 0) =>
        new(Wcs.Create(SkyFrame.Galactic, projection, new SkyPosition(lonDeg, 0, SkyFrame.Galactic), 84.5, 44.5, -2, 2), 168, 88);

    internal static Map<double> Zeros(SkyGrid grid, params MapAxis[] axes) => new(new MapGeometry(grid, axes));

    /// <summary>Centre of all dots of exactly that colour left of a limit, from the top left corner.</summary>
    internal static (double X, double Y) CentreOf(SKBitmap picture, Rgba color, int rightLimit)
    {
        double x = 0, y = 0, count = 0;
        for (var row = 0; row < picture.Height; row++)
        {
            for (var column = 0; column < rightLimit; column++)
            {
                if (At(picture, column, row) != color) continue;
                (x, y, count) = (x + column, y + row, count + 1);
            }
        }

        return (x / count, y / count);
    }

    internal static int DarkDots(SKBitmap picture, int left, int top, int right, int bottom)
    {
        var count = 0;
        for (var row = top; row < bottom; row++)
            for (var column = left; column < right; column++)
                if (At(picture, column, row) is { R: < 100, G: < 100, B: < 100 }) count++;
        return count;
    }

    internal static Rgba At(SKBitmap picture, int x, int y)
    {
        var color = picture.GetPixel(x, y);
        return new Rgba(color.Red, color.Green, color.Blue, color.Alpha);
    }
}
