using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Irf;

/// <summary>
/// Where on an IRF map the response of a sky position is read. A pixel without exposure has no response: the maps of a stack are zero
/// there, which must not be mixed into their neighbours'.
/// </summary>
public static class IrfPosition
{
    /// <summary>
    /// The pixels around a position with their bilinear weights, extrapolating outside of the image (numerics 3.4 b). Where the image goes
    /// on with pixels that have no response, as that of a stack does around the observations, it is read as if it ended before them. Where
    /// the nearest pixel has none, or no exposure at any energy: the nearest one that has, alone.
    /// </summary>
    /// <param name="has">Whether a pixel has a response at the energy in question; where none has, all count.</param>
    public static (int Pixel, double Weight)[] Bilinear(
        MapGeometry geometry, Map<double>? exposure, SkyPosition position, Func<int, bool> has)
    {
        if (geometry.Grid is not { } grid) return [(0, 1)];
        var (column, row) = geometry.NearestPixel(position);
        var nearest = NearestValid(geometry, exposure, position);
        if (nearest != row * grid.Width + column || !grid.TryPixelOf(position, out double x, out double y)) return [(nearest, 1)];
        if (Nearest(geometry, position, has) is not { } found) has = _ => true;
        else if (found != nearest) return [(found, 1)];
        var (own, beside) = (Cell(x, column, grid.Width), Cell(y, row, grid.Height));
        // The position's own cell first, then the one on the other side of the nearest pixel, along the axis where that is closer.
        var isCloserAlongX = Math.Abs(x - column) <= Math.Abs(y - row);
        var (alongX, alongY) = ((X: own[1], Y: beside[0]), (X: own[0], Y: beside[1]));
        (int X, int Y)[] cells =
            [(own[0], beside[0]), isCloserAlongX ? alongX : alongY, isCloserAlongX ? alongY : alongX, (own[1], beside[1])];
        foreach (var cell in cells)
        {
            var weights = Weights(cell, x, y, grid);
            if (Array.TrueForAll(weights, pixel => has(pixel.Pixel))) return weights;
        }

        var inside = Weights(cells[0], Math.Clamp(x, 0, grid.Width - 1), Math.Clamp(y, 0, grid.Height - 1), grid);
        return Renormalised(Array.FindAll(inside, pixel => has(pixel.Pixel)));
    }

    /// <summary>
    /// The nearest pixel, or where that has no exposure at any energy the nearest one that has; the nearest when none has.
    /// </summary>
    public static int NearestValid(MapGeometry geometry, Map<double>? exposure, SkyPosition position)
    {
        var known = exposure?.Geometry.PlaneLength == geometry.PlaneLength;
        return Nearest(geometry, position, pixel => !known || HasExposure(exposure!, pixel))
            ?? Nearest(geometry, position, _ => true)!.Value;
    }

    public static bool HasExposure(Map<double> exposure, int pixel)
    {
        for (var plane = 0; plane < exposure.Geometry.PlaneCount; plane++)
            if (exposure.Plane(plane)[pixel] > 0) return true;
        return false;
    }

    /// <summary>The nearest pixel that has a response; null where none has.</summary>
    private static int? Nearest(MapGeometry geometry, SkyPosition position, Func<int, bool> has)
    {
        var (x, y) = geometry.NearestPixel(position);
        var nearest = y * geometry.Width + x;
        if (has(nearest)) return nearest;
        var (best, least) = ((int?)null, double.PositiveInfinity);
        for (var pixel = 0; geometry.Grid is { } grid && pixel < geometry.PlaneLength; pixel++)
        {
            if (!has(pixel) || grid.PixelCentre(pixel % grid.Width, pixel / grid.Width) is not { } centre) continue;
            var separation = centre.SeparationDeg(position);
            if (separation < least) (best, least) = (pixel, separation);
        }

        return best;
    }

    /// <summary>
    /// The lower pixels of the pair around a coordinate, and of the pair on the other side of the nearest pixel; the same one at the
    /// image's border.
    /// </summary>
    private static int[] Cell(double pixel, int nearest, int length)
    {
        var own = Math.Clamp((int)Math.Floor(pixel), 0, Math.Max(0, length - 2));
        return [own, Math.Clamp(own == nearest ? nearest - 1 : nearest, 0, Math.Max(0, length - 2))];
    }

    private static (int Pixel, double Weight)[] Weights((int X, int Y) cell, double x, double y, SkyGrid grid) =>
        [.. from row in Line(cell.Y, y, grid.Height)
            from column in Line(cell.X, x, grid.Width)
            select (row.Index * grid.Width + column.Index, row.Weight * column.Weight)];

    private static (int Index, double Weight)[] Line(int low, double pixel, int length) =>
        length == 1 ? [(0, 1)] : [(low, low + 1 - pixel), (low + 1, pixel - low)];

    private static (int Pixel, double Weight)[] Renormalised((int Pixel, double Weight)[] weights)
    {
        var sum = weights.Sum(pixel => pixel.Weight);
        return Array.ConvertAll(weights, pixel => (pixel.Pixel, pixel.Weight / sum));
    }
}
