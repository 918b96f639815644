using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Plots;

/// <summary>Where a map has anything to show.</summary>
public static class DataExtent
{
    /// <summary>The smallest rectangle with all pixels that are finite and not zero in some plane; the whole image where none is.</summary>
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

    /// <summary>The part of a map with data and a margin of a twentieth of its size around it; a map without a grid as it is.</summary>
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
