using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Reduction;

internal static class SafeMask
{
    /// <summary>
    /// True for bins wholly inside the observation's range, with expected background, and on pixels within the largest offset if it limits
    /// them.
    /// </summary>
    public static Map<bool> Of(Map<double> background, FieldPixels field, ObservationRange range, ReductionOptions options)
    {
        var mask = new Map<bool>(background.Geometry, new bool[background.Data.Length]);
        var edges = background.Geometry.Axis("energy").Edges;
        var largest = LargestOffsetDeg(options);
        for (var k = 0; k < edges.Length - 1; k++)
        {
            if (!range.Contains(edges[k], edges[k + 1])) continue;
            var safe = mask.Plane(k);
            var expected = background.Plane(k);
            for (var pixel = 0; pixel < safe.Length; pixel++)
                safe[pixel] = expected[pixel] > 0 && double.IsFinite(expected[pixel]) && field.OffsetsDeg[pixel] < largest;
        }

        return mask;
    }

    public static double LargestOffsetDeg(ReductionOptions options) =>
        options.SafeMask.Contains(SafeMaskMethod.OffsetMax) ? options.OffsetMaxDeg : double.PositiveInfinity;
}
