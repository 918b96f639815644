namespace TsMapSurvey.Sky.Projections;

/// <summary>
/// A projection of FITS WCS paper II: converts between native spherical coordinates (phi, theta) and projection plane coordinates (x, y),
/// all in degrees. Implementations are immutable. Those with parameters (PV2_m) take them in the constructor and are equal if their
/// parameters are equal.
/// </summary>
internal interface ISphereProjection
{
    Projection Name { get; }

    /// <summary>The last three letters of CTYPE.</summary>
    string Code { get; }

    /// <summary>The text that wcslib writes into the comment of CTYPE.</summary>
    string Description { get; }

    /// <summary>theta_0, the native latitude of the reference point: 90 for zenithal projections, else 0. phi_0 is always 0.</summary>
    double ReferenceThetaDeg { get; }

    /// <summary>Number m and value of every parameter PV2_m of the projection.</summary>
    IEnumerable<(int Number, double Value)> Parameters => [];

    /// <summary>The native longitude after which the plane repeats along x (360), or 0 if it does not repeat.</summary>
    double PeriodDeg { get; }

    /// <summary>Returns false, and NaN, if the plane point is outside the projection's image of the sphere.</summary>
    bool TryToNative(double x, double y, out double phiDeg, out double thetaDeg);

    /// <summary>Returns false, and NaN, if the direction has no image (the far side of a gnomonic projection).</summary>
    bool TryFromNative(double phiDeg, double thetaDeg, out double x, out double y);
}
