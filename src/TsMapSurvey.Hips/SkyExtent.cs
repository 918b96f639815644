using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips;

/// <summary>A circle around a set of cells, which a viewer shows at first.</summary>
/// <param name="Centre">ICRS.</param>
/// <param name="DiameterDeg">Up to 360.</param>
public sealed record SkyExtent(SkyPosition Centre, double DiameterDeg)
{
    /// <summary>The circle around the mean direction of the cells' centres; the whole sky if they have none.</summary>
    /// <param name="cells">At least one.</param>
    public static SkyExtent Of(IReadOnlyList<HealpixCell> cells)
    {
        var (x, y, z) = (0.0, 0.0, 0.0);
        foreach (var cell in cells)
        {
            var centre = cell.Centre;
            var (sinLon, cosLon) = Math.SinCos(double.DegreesToRadians(centre.LonDeg));
            var (sinLat, cosLat) = Math.SinCos(double.DegreesToRadians(centre.LatDeg));
            (x, y, z) = (x + cosLat * cosLon, y + cosLat * sinLon, z + sinLat);
        }

        var length = Math.Sqrt(x * x + y * y + z * z);
        if (length < 1e-9 * cells.Count) return new SkyExtent(new SkyPosition(0, 0, SkyFrame.Icrs), 360);
        var longitude = double.RadiansToDegrees(Math.Atan2(y, x));
        var mean = new SkyPosition(
            longitude < 0 ? longitude + 360 : longitude, double.RadiansToDegrees(Math.Asin(Math.Clamp(z / length, -1, 1))), SkyFrame.Icrs);
        var radius = cells.Max(cell => cell.Centre.SeparationDeg(mean)) + HipsOrders.SideDeg(cells[0].Order);
        return new SkyExtent(mean, Math.Min(360, 2 * radius));
    }
}
