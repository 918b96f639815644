namespace TsMapSurvey.Sky;

// The linear part of a WCS: Greisen & Calabretta 2002 (FITS WCS paper I), A&A 395, 1061, eq. 9.
//   x_i = CDELTi * sum_j PCi_j (p_j - CRPIXj)     x: projection plane in degrees, p: pixel coordinate
/// <summary>Degrees in the projection plane per pixel: CDELTi times PCi_j, with its inverse.</summary>
internal readonly record struct PixelMatrix(double M11, double M12, double M21, double M22)
{
    internal bool IsDiagonal => M12 == 0 && M21 == 0;

    internal double Determinant => M11 * M22 - M12 * M21;

    /// <summary>The larger of the steps in the plane per column and per row; max |CDELT| without rotation.</summary>
    internal double LargestStepDeg => Math.Max(Math.Sqrt(M11 * M11 + M21 * M21), Math.Sqrt(M12 * M12 + M22 * M22));

    internal (double X, double Y) ToPlane(double dx, double dy) =>
        IsDiagonal ? (M11 * dx, M22 * dy) : (M11 * dx + M12 * dy, M21 * dx + M22 * dy);

    internal (double Dx, double Dy) ToPixels(double x, double y)
    {
        if (IsDiagonal) return (x / M11, y / M22);
        var determinant = Determinant;
        return ((M22 * x - M12 * y) / determinant, (M11 * y - M21 * x) / determinant);
    }

    /// <summary>Whether two grids with these matrices agree to 1e-6 pixel over ten thousand pixels.</summary>
    internal bool Matches(PixelMatrix other)
    {
        var tolerance = 1e-10 * LargestStepDeg;
        return Math.Abs(M11 - other.M11) <= tolerance && Math.Abs(M12 - other.M12) <= tolerance
            && Math.Abs(M21 - other.M21) <= tolerance && Math.Abs(M22 - other.M22) <= tolerance;
    }
}
