namespace TsMapSurvey.Sky;

internal readonly record struct Rotation3(
    double M11, double M12, double M13,
    double M21, double M22, double M23,
    double M31, double M32, double M33)
{
    internal static Rotation3 Identity { get; } = new(1, 0, 0, 0, 1, 0, 0, 0, 1);

    // Rotations of the axes (not of the vector); positive angles follow the right-hand rule.
    internal static Rotation3 AboutX(double degrees)
    {
        var (s, c) = Degrees.SinCos(degrees);
        return new(1, 0, 0, 0, c, s, 0, -s, c);
    }

    internal static Rotation3 AboutY(double degrees)
    {
        var (s, c) = Degrees.SinCos(degrees);
        return new(c, 0, -s, 0, 1, 0, s, 0, c);
    }

    internal static Rotation3 AboutZ(double degrees)
    {
        var (s, c) = Degrees.SinCos(degrees);
        return new(c, s, 0, -s, c, 0, 0, 0, 1);
    }

    internal Rotation3 Inverse => new(M11, M21, M31, M12, M22, M32, M13, M23, M33);

    public static Rotation3 operator *(Rotation3 a, Rotation3 b) => new(
        a.M11 * b.M11 + a.M12 * b.M21 + a.M13 * b.M31,
        a.M11 * b.M12 + a.M12 * b.M22 + a.M13 * b.M32,
        a.M11 * b.M13 + a.M12 * b.M23 + a.M13 * b.M33,
        a.M21 * b.M11 + a.M22 * b.M21 + a.M23 * b.M31,
        a.M21 * b.M12 + a.M22 * b.M22 + a.M23 * b.M32,
        a.M21 * b.M13 + a.M22 * b.M23 + a.M23 * b.M33,
        a.M31 * b.M11 + a.M32 * b.M21 + a.M33 * b.M31,
        a.M31 * b.M12 + a.M32 * b.M22 + a.M33 * b.M32,
        a.M31 * b.M13 + a.M32 * b.M23 + a.M33 * b.M33);

    /// <summary>Rotates a direction. The returned longitude is in [0, 360).</summary>
    internal (double LonDeg, double LatDeg) Rotate(double lonDeg, double latDeg)
    {
        var (sinLon, cosLon) = Degrees.SinCos(lonDeg);
        var (sinLat, cosLat) = Degrees.SinCos(latDeg);
        double x = cosLat * cosLon, y = cosLat * sinLon, z = sinLat;
        var a = M11 * x + M12 * y + M13 * z;
        var b = M21 * x + M22 * y + M23 * z;
        var c = M31 * x + M32 * y + M33 * z;
        return (Degrees.Wrap360(Degrees.Atan2(b, a)), Degrees.Atan2(c, Math.Sqrt(a * a + b * b)));
    }
}
