using System.Globalization;
using TsMapSurvey.Fits;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>Writes maps in gammapy's format: image HDUs with BANDS tables, region maps as tables with CHANNEL and DATA.</summary>
public static class MapWriter
{
    public static void Write(
        FitsWriter writer, string name, Map<double> map, FitsElementType storeAs = FitsElementType.Single, string meta = "{}")
    {
        if (map.Geometry.Grid is null) WriteRegion(writer, name, map);
        else writer.WriteImage(name, Shape(map.Geometry), map.Data, Header(name, map.Geometry, map.Unit, meta), storeAs);
        WriteBands(writer, name, map.Geometry);
    }

    public static void Write(FitsWriter writer, string name, Map<bool> mask)
    {
        var bytes = new byte[mask.Data.Length];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = mask.Data[i] ? (byte)1 : (byte)0;
        writer.WriteImage(name, Shape(mask.Geometry), bytes, Header(name, mask.Geometry, "", "{}"));
        WriteBands(writer, name, mask.Geometry);
    }

    /// <summary>Reserves a map whose values are written later. The file has the same bytes as if they had been written at once.</summary>
    public static FitsImageParts Reserve(FitsWriter writer, string name, MapGeometry geometry, string unit, FitsElementType storeAs)
    {
        var parts = writer.ReserveImage(name, Shape(geometry), Header(name, geometry, unit, "{}"), storeAs);
        WriteBands(writer, name, geometry);
        return parts;
    }

    /// <summary>Number of HDUs of a map on an image: the image, and a BANDS table if it has axes.</summary>
    public static int HduCount(MapGeometry geometry) => geometry.Axes.Count == 0 ? 1 : 2;

    private static int[] Shape(MapGeometry geometry) => [geometry.Width, geometry.Height, .. geometry.Axes.Select(axis => axis.BinCount)];

    private static FitsHeader Header(string name, MapGeometry geometry, string unit, string meta)
    {
        var header = new FitsHeader();
        foreach (var (keyword, value, comment) in geometry.Grid!.Wcs.Keywords())
        {
            if (value is string text) header.Set(keyword, text, comment);
            else if (value is long or int) header.Set(keyword, Convert.ToInt64(value, CultureInfo.InvariantCulture), comment);
            else header.Set(keyword, Convert.ToDouble(value, CultureInfo.InvariantCulture), comment);
        }

        AddAxes(header, geometry);
        header.Set("WCSSHAPE", $"({string.Join(',', Shape(geometry))})");
        if (geometry.Axes.Count > 0) header.Set("BANDSHDU", $"{name}_BANDS");
        header.Set("META", meta);
        header.Set("BUNIT", unit);
        return header;
    }

    private static void AddAxes(FitsHeader header, MapGeometry geometry)
    {
        for (var n = 0; n < geometry.Axes.Count; n++)
        {
            var axis = geometry.Axes[n];
            header.Set(
                $"AXCOLS{n + 1}", axis.Kind == AxisNodes.Edges ? $"{EdgeColumn(axis)}_MIN,{EdgeColumn(axis)}_MAX" : CenterColumn(axis));
            header.Set($"INTERP{n + 1}", axis.Interpolation == AxisInterpolation.Log ? "log" : "lin");
        }
    }

    private static void WriteRegion(FitsWriter writer, string name, Map<double> map)
    {
        var header = new FitsHeader();
        AddAxes(header, map.Geometry);
        writer.WriteTable(name, [Channel(map.Geometry), FitsTableColumn.Doubles("DATA", map.Data, map.Unit)], header);
    }

    private static void WriteBands(FitsWriter writer, string name, MapGeometry geometry)
    {
        if (geometry.Axes.Count == 0) return;
        var columns = new List<FitsTableColumn> { Channel(geometry) };
        var stride = 1;
        foreach (var axis in geometry.Axes)
        {
            var (bins, step) = (axis.BinCount, stride);
            double[] Column(Func<int, double> value) =>
                [.. Enumerable.Range(0, geometry.PlaneCount).Select(plane => value(plane / step % bins))];
            var unit = axis.Unit.Length == 0 ? null : axis.Unit;
            columns.Add(FitsTableColumn.Doubles(CenterColumn(axis), Column(bin => axis.Centers[bin]), unit));
            columns.Add(FitsTableColumn.Doubles($"{EdgeColumn(axis)}_MIN", Column(bin => axis.Edges[bin]), unit));
            columns.Add(FitsTableColumn.Doubles($"{EdgeColumn(axis)}_MAX", Column(bin => axis.Edges[bin + 1]), unit));
            stride *= bins;
        }

        var header = new FitsHeader();
        AddAxes(header, geometry);
        writer.WriteTable($"{name}_BANDS", columns, header);
    }

    private static FitsTableColumn Channel(MapGeometry geometry) =>
        FitsTableColumn.Integers("CHANNEL", [.. Enumerable.Range(0, geometry.PlaneCount).Select(plane => (long)plane)]);

    private static string CenterColumn(MapAxis axis) => axis.Name.ToUpper(CultureInfo.InvariantCulture);

    private static string EdgeColumn(MapAxis axis) => axis.Name == "energy" ? "E" : CenterColumn(axis);
}
