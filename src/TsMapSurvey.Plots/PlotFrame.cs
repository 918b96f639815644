using TsMapSurvey.Sky;

namespace TsMapSurvey.Plots;

/// <summary>
/// The part of the pixel plane that a plot shows, with its edges in pixel coordinates, and the size of the plot in dots. Left is greater
/// than right if longitude would otherwise increase to the right.
/// </summary>
internal readonly record struct PlotFrame(double Left, double Right, double Bottom, double Top, int Width, int Height)
{
    /// <summary>
    /// Longest side of a plot of a small map, approximately; that of a large map is the map's, up to <see cref="LongestSide"/>.
    /// </summary>
    private const double TypicalSide = 900;
    private const double LongestSide = 4000;
    private const int MinWidth = 320;
    private const int MinHeight = 240;

    /// <summary>
    /// The frame around an image, with the aspect ratio of the sky at its centre, or with that of the projection if the image has corners
    /// outside the projected sky. Narrow images get empty space at their sides.
    /// </summary>
    internal static PlotFrame Around(SkyGrid grid)
    {
        var (aspect, flipX, flipY) = Shape(grid);
        // The shorter side of a pixel is a whole number of dots.
        var (width, height) = (grid.Width * Math.Max(aspect, 1), grid.Height / Math.Min(aspect, 1));
        var longest = Math.Max(width, height);
        var dots = Math.Max(1, Math.Round(TypicalSide / longest));
        if (dots * longest > LongestSide) dots = LongestSide / longest;

        var (columns, rows) = ((int)Math.Round(width * dots), (int)Math.Round(height * dots));
        var (frameWidth, frameHeight) = (Math.Max(columns, MinWidth), Math.Max(rows, MinHeight));
        var (halfX, halfY) = (grid.Width / 2.0 * frameWidth / Math.Max(columns, 1), grid.Height / 2.0 * frameHeight / Math.Max(rows, 1));
        var (x, y) = ((grid.Width - 1) / 2.0, (grid.Height - 1) / 2.0);
        return new PlotFrame(
            flipX ? x + halfX : x - halfX, flipX
                ? x - halfX : x + halfX, flipY ? y + halfY : y - halfY, flipY ? y - halfY : y + halfY, frameWidth, frameHeight);
    }

    internal bool Contains(double x, double y) =>
        x >= Math.Min(Left, Right) && x <= Math.Max(Left, Right) && y >= Math.Min(Bottom, Top) && y <= Math.Max(Bottom, Top);

    // Width of a pixel divided by its height, on the sky at the centre or in the plane of projection. FlipX: longitude increases with x.
    // FlipY: latitude decreases with y.
    private static (double Aspect, bool FlipX, bool FlipY) Shape(SkyGrid grid)
    {
        var (x, y) = ((grid.Width - 1) / 2.0, (grid.Height - 1) / 2.0);
        if (At(grid, x, y) is not { } centre || At(grid, x + 0.5, y) is not { } right || At(grid, x, y + 0.5) is not { } up)
            return (1, false, false);
        var wcs = grid.Wcs;
        var aspect = grid.IsSkyEverywhere
            ? centre.SeparationDeg(right) / centre.SeparationDeg(up)
            : double.Hypot(wcs.Cdelt1 * wcs.Pc11, wcs.Cdelt2 * wcs.Pc21) / double.Hypot(wcs.Cdelt1 * wcs.Pc12, wcs.Cdelt2 * wcs.Pc22);
        var east = Math.IEEERemainder(right.LonDeg - centre.LonDeg, 360) * Math.Cos(centre.LatDeg * Math.PI / 180);
        var north = up.LatDeg - centre.LatDeg;
        // Axes that are rotated by more than 45 degrees are not flipped.
        var isRotated = Math.Abs(right.LatDeg - centre.LatDeg) > Math.Abs(east);
        return (double.IsFinite(aspect) ? Math.Clamp(aspect, 0.1, 10) : 1, !isRotated && east > 0, !isRotated && north < 0);
    }

    private static SkyPosition? At(SkyGrid grid, double x, double y) =>
        grid.Wcs.TryPixelToSky(x, y, out var lon, out var lat) ? new SkyPosition(lon, lat, grid.Frame) : null;
}
