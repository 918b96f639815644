namespace TsMapSurvey.Sky.Regions;

/// <summary>
/// The inside of a polygon whose sides are great circles, inside a hemisphere. It is the smaller part of the sky, in whatever direction
/// the corners go round; where the sides cross, a position is inside if a line from it crosses an odd number of sides.
/// </summary>
public sealed class PolygonRegion : SkyRegion
{
    /// <summary>Limits the work for each position.</summary>
    public const int MostCorners = 1000;

    private const double FarthestDeg = 85;

    private readonly SkyPosition[] _corners;
    private readonly SkyPosition _middle;
    private readonly double _radiusDeg;
    private readonly Wcs _plane;
    private readonly (double X, double Y)[] _flat;

    /// <param name="corners">At least three, in any frame.</param>
    /// <exception cref="SkyException">There are fewer or too many corners, or one is farther than 85 degrees from their
    /// middle.</exception>
    public PolygonRegion(IReadOnlyList<SkyPosition> corners)
    {
        if (corners.Count is < 3 or > MostCorners)
            throw SkyErrors.BadShape("POLYGON", $"{corners.Count} corners", $"3 to {MostCorners}");
        _corners = [.. corners.Select(corner => corner.To(SkyFrame.Icrs))];
        _middle = MiddleOf(_corners);
        _radiusDeg = _corners.Max(corner => _middle.SeparationDeg(corner));
        if (!(_radiusDeg <= FarthestDeg))
            throw SkyErrors.BadShape("POLYGON", "a corner that is too far from the middle of all", $"at most {FarthestDeg} degrees");
        // In the gnomonic projection about the middle, great circles are straight lines.
        _plane = Wcs.Create(SkyFrame.Icrs, Projection.Tan, _middle, 1, 1, -1, 1);
        _flat = [.. _corners.Select(corner => Flat(corner)!.Value)];
    }

    public override IReadOnlyList<SkyPosition> Marks => _corners;

    public override (SkyPosition Centre, double RadiusDeg)? Cap => (_middle, _radiusDeg);

    protected override bool ContainsIcrs(SkyPosition position)
    {
        if (Flat(position) is not (var x, var y)) return false;
        var isInside = false;
        for (var (i, before) = (0, _flat.Length - 1); i < _flat.Length; before = i++)
        {
            var (a, b) = (_flat[i], _flat[before]);
            if (a.Y > y != b.Y > y && x < (b.X - a.X) * (y - a.Y) / (b.Y - a.Y) + a.X) isInside = !isInside;
        }

        return isInside;
    }

    private (double X, double Y)? Flat(SkyPosition position) =>
        _plane.TrySkyToPixel(position.LonDeg, position.LatDeg, out var x, out var y) ? (x, y) : null;

    private static SkyPosition MiddleOf(SkyPosition[] corners)
    {
        var (x, y, z) = (0.0, 0.0, 0.0);
        foreach (var corner in corners)
        {
            var ((sinLon, cosLon), (sinLat, cosLat)) = (Degrees.SinCos(corner.LonDeg), Degrees.SinCos(corner.LatDeg));
            (x, y, z) = (x + cosLat * cosLon, y + cosLat * sinLon, z + sinLat);
        }

        return new SkyPosition(Degrees.Wrap360(Degrees.Atan2(y, x)), Degrees.Atan2(z, Math.Sqrt(x * x + y * y)), SkyFrame.Icrs);
    }
}
