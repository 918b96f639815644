using TsMapSurvey.Fits;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>
/// One map of a file by image rows. Images are read by range; the table forms, which have no order to read in, are held whole.
/// </summary>
internal sealed class MapRows
{
    private readonly FitsImage? _image;
    private readonly Map<double>? _whole;
    private readonly double _factor;

    private MapRows(MapGeometry geometry, FitsImage? image, Map<double>? whole, double factor, string unit) =>
        (Geometry, _image, _whole, _factor, Unit) = (geometry, image, whole, factor, unit);

    /// <summary>Of the whole map.</summary>
    public MapGeometry Geometry { get; private init; }

    /// <summary>What the values are in.</summary>
    public string Unit { get; }

    /// <param name="unit">What the values are converted to; empty: left as they are, with no unit.</param>
    public static MapRows Open(FitsFile file, FitsHdu hdu, string unit)
    {
        var (image, whole) = (hdu as FitsImage, hdu is FitsImage ? null : MapReader.Read(file, hdu));
        var geometry = whole?.Geometry ?? MapReader.ReadGeometry(file, image!);
        return new MapRows(
            geometry, image, whole, MapUnits.Factor(file, hdu, whole?.Unit ?? image!.Header.GetString("BUNIT") ?? "", unit), unit);
    }

    public MapRows WithGeometry(MapGeometry geometry) => new(geometry, _image, _whole, _factor, Unit);

    /// <summary>Some rows of all planes; a region map as it is.</summary>
    public Map<double> Read(int firstRow, int count)
    {
        if (Geometry.Grid is not { } grid) return new Map<double>(Geometry, Scale([.. _whole!.Data]), Unit);
        var rows = new Map<double>(Geometry.WithGrid(grid.Cutout(0, firstRow, grid.Width, count)), Unit);
        for (var plane = 0; plane < Geometry.PlaneCount; plane++)
        {
            var first = ((long)plane * grid.Height + firstRow) * grid.Width;
            if (_image is not null) _image.ReadDoubles(first, rows.Plane(plane));
            else _whole!.Data.AsSpan((int)first, count * grid.Width).CopyTo(rows.Plane(plane));
        }

        Scale(rows.Data);
        return rows;
    }

    /// <summary>The rows as a mask: true where not zero.</summary>
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
