namespace TsMapSurvey.Sky;

/// <summary>
/// A point of the sphere in one of HEALPix's twelve base cells: x grows towards the north-east edge and y towards the north-west edge, both
/// from 0 at the southern corner to 1.
/// </summary>
/// <remarks>
/// Gorski et al. 2005, ApJ 622, 759, as the map projection of Calabretta &amp; Roukema 2007, MNRAS 381, 865 (H = 4, K = 3). In units of
/// the side of a base cell, the point of longitude phi and z = sin(latitude) lies at u = phi / 45 degrees and v = 3 z / 2 between the
/// polar caps (|z| below 2/3). In a cap v = 2 - sigma with sigma = sqrt(3 (1 - |z|)) (their eq. 5), and u is drawn towards the meridian
/// in the middle of its base cell by the factor sigma.
/// </remarks>
internal readonly record struct FacePoint(int Face, double X, double Y)
{
    private const double TwoThirds = 2.0 / 3;

    // Above this |z|, 1 - |z| loses digits: it is computed from the cosine of the latitude instead.
    private const double NearPole = 0.9;

    /// <summary>The point at a position in any frame. Points on an edge belong to one of the two cells, always the same.</summary>
    internal static FacePoint Of(SkyPosition position)
    {
        var (lonDeg, latDeg, _) = position.To(SkyFrame.Icrs);
        var (sin, cos) = Degrees.SinCos(latDeg);
        var quarter = Degrees.Wrap360(lonDeg) / 90;
        return Math.Abs(sin) <= TwoThirds ? InBelt(quarter, sin) : InCap(quarter, sin, cos);
    }

    // The lines of constant rising = u/2 + 1/2 - v/2 and falling = u/2 + 1/2 + v/2 are the edges.
    private static FacePoint InBelt(double quarter, double sin)
    {
        var towardsSouthEast = 0.5 + quarter - 0.75 * sin;
        var towardsNorthEast = 0.5 + quarter + 0.75 * sin;
        var (column, row) = ((int)towardsSouthEast, (int)towardsNorthEast);
        var face = column == row ? 4 + (column & 3) : column < row ? column : row + 8;
        return new FacePoint(face, towardsNorthEast - row, 1 - (towardsSouthEast - column));
    }

    private static FacePoint InCap(double quarter, double sin, double cos)
    {
        var z = Math.Abs(sin);
        var sigma = z < NearPole ? Math.Sqrt(3 * (1 - z)) : cos / Math.Sqrt((1 + z) / 3);
        var face = Math.Min(3, (int)quarter);
        var (east, west) = ((quarter - face) * sigma, (1 - (quarter - face)) * sigma);
        return sin > 0 ? new FacePoint(face, 1 - west, 1 - east) : new FacePoint(face + 8, east, west);
    }

    /// <summary>The position, ICRS, longitude in [0, 360).</summary>
    internal SkyPosition ToSky()
    {
        var (row, middle) = Face switch { < 4 => (2, 2 * Face + 1), < 8 => (3, 2 * (Face - 4)), _ => (4, 2 * (Face - 8) + 1) };
        var fromPole = row - X - Y;
        var sigma = Math.Min(1, Math.Min(fromPole, 4 - fromPole));
        var eighths = sigma > 0 ? middle + (X - Y) / sigma : middle;
        return new SkyPosition(Degrees.Wrap360(45 * eighths), LatitudeDeg(fromPole, sigma), SkyFrame.Icrs);
    }

    private static double LatitudeDeg(double fromPole, double sigma)
    {
        var below = sigma * sigma / 3;
        var z = fromPole < 1 ? 1 - below : fromPole > 3 ? below - 1 : (2 - fromPole) * TwoThirds;
        var cos = sigma < 1 ? Math.Sqrt(below * (2 - below)) : Math.Sqrt((1 - z) * (1 + z));
        return Degrees.Atan2(z, cos);
    }
}
