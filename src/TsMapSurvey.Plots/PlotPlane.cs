using System.Globalization;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Plots;

/// <summary>The image of a map that a plot shows.</summary>
/// <param name="Values">Row by row from the lowest; NaN for no value.</param>
/// <param name="Caption">Describes the planes, by their energies if they have any; empty for a map that is a single image.</param>
public readonly record struct PlotPlane(double[] Values, string Caption)
{
    /// <summary>
    /// The requested plane; without a request, depending on the quantity, the sum or union of all planes or the first one.
    /// </summary>
    /// <exception cref="PlotException">There is no such plane.</exception>
    public static PlotPlane Of(Map<double> map, int? plane, QuantityLabel label)
    {
        var count = map.Geometry.PlaneCount;
        if (plane is { } asked && (asked < 0 || asked >= count)) throw PlotErrors.NoSuchPlane(asked, count);
        if (plane is null && count > 1 && label.IsMask)
            return new PlotPlane(Combined(map, (one, other) => one != 0 || other != 0 ? 1 : 0), CaptionOf(map.Geometry, null, "any"));
        if (plane is null && count > 1 && label.IsAdditive)
            return new PlotPlane(Combined(map, (one, other) => one + other), CaptionOf(map.Geometry, null, "sum"));
        return new PlotPlane(map.Plane(plane ?? 0).ToArray(), CaptionOf(map.Geometry, plane ?? 0, ""));
    }

    /// <summary>The reason why the plot has nothing to show; null if it has a finite value.</summary>
    public string? NothingToShow()
    {
        foreach (var value in Values)
            if (double.IsFinite(value)) return null;
        return string.Create(CultureInfo.InvariantCulture,
            $"none of the {Values.Length} pixels has a value: "
            + $"{(Array.TrueForAll(Values, double.IsNaN) ? "all are NaN" : "all are NaN or infinite")}");
    }

    // NaN in a plane is ignored; the result is NaN only if all planes are.
    private static double[] Combined(Map<double> map, Func<double, double, double> add)
    {
        var values = map.Plane(0).ToArray();
        for (var plane = 1; plane < map.Geometry.PlaneCount; plane++)
        {
            var further = map.Plane(plane);
            for (var i = 0; i < values.Length; i++)
                if (!double.IsNaN(further[i])) values[i] = double.IsNaN(values[i]) ? further[i] : add(values[i], further[i]);
        }

        return values;
    }

    private static string CaptionOf(MapGeometry geometry, int? plane, string combined)
    {
        var (parts, stride) = (new List<string>(), 1);
        foreach (var axis in geometry.Axes)
        {
            if (PartOf(axis, plane is { } index ? index / stride % axis.BinCount : null) is { Length: > 0 } part) parts.Add(part);
            stride *= axis.BinCount;
        }

        if (combined.Length > 0) parts.Insert(0, $"{combined} of {geometry.PlaneCount} planes");
        return string.Join(", ", parts);
    }

    private static string PartOf(MapAxis axis, int? bin)
    {
        if (axis.Name.StartsWith(CubeReader.PlaneAxis, StringComparison.Ordinal))
            return bin is null || axis.BinCount == 1 ? "" : $"{axis.Name} {bin} of 0 to {axis.BinCount - 1}";
        var (first, last) = bin is { } one ? (one, one) : (0, axis.BinCount - 1);
        var name = axis.Name.StartsWith("energy", StringComparison.Ordinal) ? "" : $"{axis.Name} ";
        if (axis.Kind == AxisNodes.Edges) return name + Between(axis.Edges[first], axis.Edges[last + 1], axis.Unit);
        return name + (
            first == last ? Between(axis.Centers[first], null, axis.Unit) : Between(axis.Centers[first], axis.Centers[last], axis.Unit));
    }

    private static string Between(double low, double? high, string unit)
    {
        if (unit == "TeV" && (high ?? low) < 1) (low, high, unit) = (low * 1000, high * 1000, "GeV");
        if (unit == "GeV" && (high ?? low) < 1) (low, high, unit) = (low * 1000, high * 1000, "MeV");
        return string.Create(CultureInfo.InvariantCulture, $"{Rounded(low)}{(high is { } end ? $" – {Rounded(end)}" : "")} {unit}")
            .TrimEnd();
    }

    private static string Rounded(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
