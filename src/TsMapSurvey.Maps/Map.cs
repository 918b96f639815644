namespace TsMapSurvey.Maps;

/// <summary>Values on a geometry.</summary>
/// <param name="Geometry">The shape.</param>
/// <param name="Data">One value per pixel and bin, in the geometry's order; owned by the map.</param>
/// <param name="Unit">As FITS writes it; empty for counts and pure numbers.</param>
public sealed record Map<T>(MapGeometry Geometry, T[] Data, string Unit = "")
    where T : unmanaged
{
    public Map(MapGeometry geometry, string unit = "")
        : this(geometry, new T[geometry.Count], unit)
    {
    }

    /// <summary>One image plane, row by row from the lowest y.</summary>
    public Span<T> Plane(int plane) => Data.AsSpan(plane * Geometry.PlaneLength, Geometry.PlaneLength);

    /// <summary>The value at a pixel of a plane.</summary>
    public T this[int plane, int y, int x] => Data[((plane * Geometry.Height) + y) * Geometry.Width + x];
}
