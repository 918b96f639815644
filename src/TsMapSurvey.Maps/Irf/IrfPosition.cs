using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Irf;

/// <summary>Where on an IRF map the response of a sky position is read.</summary>
internal static class IrfPosition
{
    /// <summary>
    /// The pixels around a position with their bilinear weights (extrapolating outside). Where the nearest pixel has no
    /// exposure at any energy: the nearest one that has, alone.
    /// </summary>
    public static (int Pixel, double Weight)[] Bilinear(MapGeometry geometry, Map<double>? exposure, SkyPosition position)
    {
        if (geometry.Grid is not { } grid) return [(0, 1)];
        var nearest = geometry.NearestPixel(position);
        var valid = NearestValid(geometry, exposure, position);
        if (valid != nearest.Y * grid.Width + nearest.X) return [(valid, 1)];
        var here = position.To(grid.Frame);
        if (!grid.Wcs.TrySkyToPixel(here.LonDeg, here.LatDeg, out var x, out var y)) return [(valid, 1)];
        var weights = new List<(int, double)>();
        foreach (var (j, wy) in Line(y, grid.Height))
            foreach (var (i, wx) in Line(x, grid.Width))
                weights.Add((j * grid.Width + i, wx * wy));
        return [.. weights];
    }

    /// <summary>The nearest pixel, or where that has no exposure the nearest one that has; the nearest when none has.</summary>
    public static int NearestValid(MapGeometry geometry, Map<double>? exposure, SkyPosition position)
    {
        if (geometry.Grid is not { } grid) return 0;
        var (x, y) = geometry.NearestPixel(position);
        var nearest = y * grid.Width + x;
        if (exposure is null || exposure.Geometry.PlaneLength != geometry.PlaneLength || HasExposure(exposure, nearest)) return nearest;
        var (best, least) = (nearest, double.PositiveInfinity);
        for (var pixel = 0; pixel < geometry.PlaneLength; pixel++)
        {
            if (!HasExposure(exposure, pixel) || grid.PixelCentre(pixel % grid.Width, pixel / grid.Width) is not { } centre) continue;
            var separation = centre.SeparationDeg(position);
            if (separation < least) (best, least) = (pixel, separation);
        }

        return best;
    }

    private static bool HasExposure(Map<double> exposure, int pixel)
    {
        for (var plane = 0; plane < exposure.Geometry.PlaneCount; plane++)
            if (exposure.Plane(plane)[pixel] > 0) return true;
        return false;
    }

    private static (int Index, double Weight)[] Line(double pixel, int length)
    {
        if (length == 1) return [(0, 1)];
        var low = Math.Clamp((int)Math.Floor(pixel), 0, length - 2);
        return [(low, low + 1 - pixel), (low + 1, pixel - low)];
    }
}
