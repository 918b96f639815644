using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Irf;

/// <summary>
/// Selects the pixels of an IRF map for a sky position. A pixel without exposure has no response: stacked maps are zero there, and these
/// zeros must not be interpolated with valid neighbours.
/// </summary>
public static class IrfPosition
{
    /// <summary>
    /// The pixels around a position with bilinear weights, extrapolated outside the image. Pixels without a response, as in a stack around
    /// the observations, are treated as if they were outside the image. If the nearest pixel has no response, or no exposure at any energy,
    /// only the nearest pixel that has one is returned.
    /// </summary>
    /// <param name="has">Whether a pixel has a response at the energy of interest. If no pixel has one, all pixels are used.</param>
    public static (int Pixel, double Weight)[] Bilinear(
        MapGeometry geometry, Map<double>? exposure, SkyPosition position, Func<int, bool> has)
    {
        if (geometry.Grid is not { } grid) return [(0, 1)];
        var (column, row) = geometry.NearestPixel(position);
        var nearest = NearestValid(geometry, exposure, position);
        if (nearest != row * grid.Width + column || !grid.TryPixelOf(position, out double x, out double y)) return [(nearest, 1)];
        if (Nearest(geometry, position, has) is not { } found) has = _ => true;
        else if (found != nearest) return [(found, 1)];
        var (columns, rows) = (Cell(x, column, grid.Width), Cell(y, row, grid.Height));
        // First the cell that contains the position, then cells on the other side of the nearest pixel, the closer axis first.
        var isCloserAlongX = Math.Abs(x - column) <= Math.Abs(y - row);
        var (alongX, alongY) = ((X: columns[1], Y: rows[0]), (X: columns[0], Y: rows[1]));
        (int X, int Y)[] cells =
            [(columns[0], rows[0]), isCloserAlongX ? alongX : alongY, isCloserAlongX ? alongY : alongX, (columns[1], rows[1])];
        foreach (var cell in cells)
        {
            var weights = Weights(cell, x, y, grid);
            if (Array.TrueForAll(weights, pixel => has(pixel.Pixel))) return weights;
        }

        var inside = Weights(cells[0], Math.Clamp(x, 0, grid.Width - 1), Math.Clamp(y, 0, grid.Height - 1), grid);
        return Normalized(Array.FindAll(inside, pixel => has(pixel.Pixel)));
    }

    /// <summary>The nearest pixel that has exposure at any energy; the nearest pixel if none has exposure.</summary>
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

    /// <summary>The nearest pixel that has a response; null if none has.</summary>
    private static int? Nearest(MapGeometry geometry, SkyPosition position, Func<int, bool> has)
    {
        var (x, y) = geometry.NearestPixel(position);
        var nearest = y * geometry.Width + x;
        if (has(nearest)) return nearest;
        var (best, smallest) = ((int?)null, double.PositiveInfinity);
        for (var pixel = 0; geometry.Grid is { } grid && pixel < geometry.PlaneLength; pixel++)
        {
            if (!has(pixel) || grid.PixelCentre(pixel % grid.Width, pixel / grid.Width) is not { } centre) continue;
            var separation = centre.SeparationDeg(position);
            if (separation < smallest) (best, smallest) = (pixel, separation);
        }

        return best;
    }

    /// <summary>
    /// The lower pixel of the pair around a coordinate, and of the pair on the other side of the nearest pixel. Both are equal at the image
    /// border.
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

    private static (int Pixel, double Weight)[] Normalized((int Pixel, double Weight)[] weights)
    {
        var sum = weights.Sum(pixel => pixel.Weight);
        return Array.ConvertAll(weights, pixel => (pixel.Pixel, pixel.Weight / sum));
    }
}
