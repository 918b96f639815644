using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps;

/// <summary>
/// The shape of a map: an image grid, or a single spatial bin for all positions (gammapy's region geometry), and the non-spatial axes. Data
/// are in FITS order, with x fastest, then y, then the axes: index = ((axis2 · n1 + axis1) · height + y) · width + x.
/// </summary>
public sealed class MapGeometry
{
    public MapGeometry(SkyGrid? grid, params MapAxis[] axes)
    {
        (Grid, Axes) = (grid, axes);
        PlaneCount = axes.Aggregate(1, (product, axis) => checked(product * axis.BinCount));
        Count = checked(PlaneCount * PlaneLength);
    }

    /// <summary>The image; null for the single spatial bin of a region map.</summary>
    public SkyGrid? Grid { get; }

    public IReadOnlyList<MapAxis> Axes { get; }

    public int Width => Grid?.Width ?? 1;

    public int Height => Grid?.Height ?? 1;

    public int PlaneLength => Width * Height;

    /// <summary>Product of the axes' bins; 1 without axes.</summary>
    public int PlaneCount { get; }

    public int Count { get; }

    public MapAxis? FindAxis(string name) => Axes.FirstOrDefault(axis => axis.Name == name);

    /// <exception cref="MapException">There is no axis of this name.</exception>
    public MapAxis Axis(string name) => FindAxis(name) ?? throw MapErrors.NoAxis("map", "a map", name, this);

    public MapGeometry With(params MapAxis[] axes) => new(Grid, axes);

    public MapGeometry WithGrid(SkyGrid? grid) => new(grid, [.. Axes]);

    /// <summary>
    /// The pixel nearest to a position, clipped to the image. Half-way between two pixels the lower index is returned, as in gammapy. (0,
    /// 0) for a region map, or if the projection does not show the position.
    /// </summary>
    public (int X, int Y) NearestPixel(SkyPosition position)
    {
        if (Grid is null) return (0, 0);
        return Grid.TryPixelOf(position, out double x, out double y) ? (Nearest(x, Width), Nearest(y, Height)) : (0, 0);
    }

    private static int Nearest(double pixel, int length) => (int)Math.Clamp(Math.Ceiling(pixel - 0.5 - 1e-9), 0, length - 1);
}
