namespace TsMapSurvey.Maps;

/// <summary>Values on a geometry.</summary>
/// <param name="Data">One value for each pixel and bin, in the geometry's order; owned by the map.</param>
/// <param name="Unit">In FITS syntax; empty for counts and other dimensionless values.</param>
public sealed record Map<T>(MapGeometry Geometry, T[] Data, string Unit = "")
    where T : unmanaged
{
    public Map(MapGeometry geometry, string unit = "")
        : this(geometry, new T[geometry.Count], unit)
    {
    }

    /// <summary>An image plane, row by row from the lowest y.</summary>
    public Span<T> Plane(int plane) => Data.AsSpan(plane * Geometry.PlaneLength, Geometry.PlaneLength);

    public T this[int plane, int y, int x] => Data[((plane * Geometry.Height) + y) * Geometry.Width + x];
}
