using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Plots;

/// <summary>The part of a map that has data.</summary>
public static class DataExtent
{
    /// <summary>
    /// The smallest rectangle with all pixels that are finite and nonzero in any plane; the whole image if there are none.
    /// </summary>
    public static PixelRegion Of(Map<double> map)
    {
        var (width, height) = (map.Geometry.Width, map.Geometry.Height);
        var (left, right, bottom, top) = (width, -1, height, -1);
        for (var i = 0; i < map.Data.Length; i++)
        {
            if (!double.IsFinite(map.Data[i]) || map.Data[i] == 0) continue;
            var (x, y) = (i % width, i / width % height);
            (left, right, bottom, top) = (Math.Min(left, x), Math.Max(right, x), Math.Min(bottom, y), Math.Max(top, y));
        }

        return right < 0 ? new PixelRegion(0, 0, width, height) : new PixelRegion(left, bottom, right - left + 1, top - bottom + 1);
    }

    /// <summary>
    /// The part of a map with data, plus a margin of a twentieth of its size; a map without a grid is returned unchanged.
    /// </summary>
    public static Map<double> Crop(Map<double> map)
    {
        if (map.Geometry.Grid is not { } grid) return map;
        var extent = Of(map);
        var region = extent.Grow(2 + Math.Max(extent.Width, extent.Height) / 20).Intersect(grid.Region);
        if (region == grid.Region) return map;
        var cut = new Map<double>(map.Geometry.WithGrid(grid.Cutout(region)), map.Unit);
        for (var plane = 0; plane < map.Geometry.PlaneCount; plane++)
            for (var y = 0; y < region.Height; y++)
                map.Plane(plane).Slice((region.Y + y) * grid.Width + region.X, region.Width).CopyTo(cut.Plane(plane)[(y * region.Width)..]);
        return cut;
    }
}
