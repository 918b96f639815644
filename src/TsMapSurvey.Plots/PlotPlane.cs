using System.Globalization;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Plots;

/// <summary>The image that a plot shows, and which of the planes it is, in words.</summary>
internal readonly record struct PlotPlane(double[] Values, string Caption)
{
    internal static PlotPlane Of(Map<double> map, int? plane, bool sum)
    {
        var count = map.Geometry.PlaneCount;
        if (plane is { } asked && (asked < 0 || asked >= count)) throw PlotErrors.NoSuchPlane(asked, count);
        if (plane is null && sum && count > 1) return new PlotPlane(Sum(map), CaptionOf(map.Geometry, null));
        return new PlotPlane(map.Plane(plane ?? 0).ToArray(), CaptionOf(map.Geometry, plane ?? 0));
    }

    // NaN in one plane is no value of that plane; only where no plane has one there is none.
    private static double[] Sum(Map<double> map)
    {
        var sum = map.Plane(0).ToArray();
        for (var plane = 1; plane < map.Geometry.PlaneCount; plane++)
        {
            var values = map.Plane(plane);
            for (var i = 0; i < sum.Length; i++)
                if (!double.IsNaN(values[i])) sum[i] = double.IsNaN(sum[i]) ? values[i] : sum[i] + values[i];
        }

        return sum;
    }

    private static string CaptionOf(MapGeometry geometry, int? plane)
    {
        if (geometry.Axes.Count == 0) return "";
        var axis = geometry.Axes[0];
        var (first, last) = plane is { } index ? (index % axis.BinCount, index % axis.BinCount) : (0, axis.BinCount - 1);
        return Between(axis.Edges[first], axis.Edges[last + 1], axis.Unit);
    }

    private static string Between(double low, double high, string unit)
    {
        if (unit == "TeV" && high < 1) (low, high, unit) = (low * 1000, high * 1000, "GeV");
        return string.Create(CultureInfo.InvariantCulture, $"{Rounded(low)} – {Rounded(high)} {unit}").TrimEnd();
    }

    private static string Rounded(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
