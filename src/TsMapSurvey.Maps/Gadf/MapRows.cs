using TsMapSurvey.Fits;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>Reads a map of a file by image rows. Images are read by range; maps in table form are held in memory.</summary>
internal sealed class MapRows
{
    private readonly FitsImage? _image;
    private readonly Map<double>? _table;
    private readonly double _factor;

    private MapRows(MapGeometry geometry, FitsImage? image, Map<double>? table, double factor, string unit) =>
        (Geometry, _image, _table, _factor, Unit) = (geometry, image, table, factor, unit);

    /// <summary>The geometry of the whole map.</summary>
    public MapGeometry Geometry { get; private init; }

    public string Unit { get; }

    /// <param name="unit">The unit to convert values to; if empty, values are not converted and the map has no unit.</param>
    public static MapRows Open(FitsFile file, FitsHdu hdu, string unit)
    {
        var (image, table) = (hdu as FitsImage, hdu is FitsImage ? null : MapReader.Read(file, hdu));
        var geometry = table?.Geometry ?? MapReader.ReadGeometry(file, image!);
        return new MapRows(
            geometry, image, table, MapUnits.Factor(file, hdu, table?.Unit ?? image!.Header.GetString("BUNIT") ?? "", unit), unit);
    }

    public MapRows WithGeometry(MapGeometry geometry) => new(geometry, _image, _table, _factor, Unit);

    /// <summary>Reads rows of all planes. A region map is returned whole.</summary>
    public Map<double> Read(int firstRow, int count)
    {
        if (Geometry.Grid is not { } grid) return new Map<double>(Geometry, Scale([.. _table!.Data]), Unit);
        var rows = new Map<double>(Geometry.WithGrid(grid.Cutout(0, firstRow, grid.Width, count)), Unit);
        for (var plane = 0; plane < Geometry.PlaneCount; plane++)
        {
            var first = ((long)plane * grid.Height + firstRow) * grid.Width;
            if (_image is not null) _image.ReadDoubles(first, rows.Plane(plane));
            else _table!.Data.AsSpan((int)first, count * grid.Width).CopyTo(rows.Plane(plane));
        }

        Scale(rows.Data);
        return rows;
    }

    /// <summary>Reads rows as a mask: false for 0 and NaN.</summary>
    public Map<bool> ReadMask(int firstRow, int count)
    {
        var rows = Read(firstRow, count);
        return new Map<bool>(rows.Geometry, Array.ConvertAll(rows.Data, MapUnits.IsTrue));
    }

    private double[] Scale(double[] values)
    {
        if (_factor != 1)
            for (var i = 0; i < values.Length; i++) values[i] *= _factor;
        return values;
    }
}
