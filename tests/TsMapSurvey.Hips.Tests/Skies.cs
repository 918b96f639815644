using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips.Tests;

/// <summary>Images of parts of the sky.</summary>
internal static class Skies
{
    /// <summary>A grid whose middle is at a position of the frame, with longitude growing to the left.</summary>
    public static SkyGrid Grid(double lonDeg, double latDeg, int width, int height, double pixelDeg, SkyFrame frame = SkyFrame.Icrs,
        Projection projection = Projection.Tan) => new(
        Wcs.Create(frame, projection, new SkyPosition(lonDeg, latDeg, frame), (width + 1) / 2.0, (height + 1) / 2.0, -pixelDeg, pixelDeg),
        width, height);

    /// <summary>Each tile's pixels, with a value of their own in each pixel of the survey: row * 1000 + column.</summary>
    public static Dictionary<TileId, double[]> Numbered(GridTiling tiling) => tiling.All().ToDictionary(tile => tile, tile =>
    {
        var place = tiling.RegionOf(tile);
        return Enumerable.Range(0, (int)place.Area)
            .Select(i => 1000.0 * (place.Y + i / place.Width) + place.X + i % place.Width).ToArray();
    });
}
