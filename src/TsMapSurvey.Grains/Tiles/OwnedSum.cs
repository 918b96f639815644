using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains;

/// <summary>What a stack holds in the pixels that its tile owns.</summary>
internal static class OwnedSum
{
    public static double Counts(MapDataset stack, PixelRegion owned) => stack.Counts is { } counts ? Over(counts, owned, (sum, value) => sum + value) : 0;

    public static double LargestExposure(MapDataset stack, PixelRegion owned) =>
        stack.Exposure is { } exposure ? Over(exposure, owned, double.Max) : 0;

    private static double Over(Map<double> map, PixelRegion owned, Func<double, double, double> join)
    {
        var joined = 0.0;
        for (var plane = 0; plane < map.Geometry.PlaneCount; plane++)
            for (var y = owned.Y; y < owned.Bottom; y++)
                foreach (var value in map.Plane(plane).Slice(y * map.Geometry.Width + owned.X, owned.Width))
                    joined = join(joined, value);
        return joined;
    }
}
