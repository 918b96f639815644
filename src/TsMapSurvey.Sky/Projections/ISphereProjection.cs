namespace TsMapSurvey.Sky.Projections;

/// <summary>
/// One projection of FITS WCS paper II: native spherical coordinates (phi, theta) to and from projection plane coordinates (x, y),
/// all in degrees. Implementations have no state: those with parameters (PV2_m) get them in the constructor, and are equal
/// where the parameters are.
/// </summary>
internal interface ISphereProjection
{
    Projection Name { get; }

    /// <summary>CTYPE's last three letters.</summary>
    string Code { get; }

    /// <summary>As wcslib writes it in the comment of CTYPE.</summary>
    string Description { get; }

    /// <summary>theta_0, the native latitude of the reference point: 90 for zenithal, 0 for cylindrical projections. phi_0 = 0 in all of
    /// them.</summary>
    double ReferenceThetaDeg { get; }

    /// <summary>PV2_m: m and value of every parameter that the projection has.</summary>
    IEnumerable<(int Number, double Value)> Parameters => [];

    /// <summary>The native longitude after which the plane repeats itself along x (360), or 0 where it does not.</summary>
    double PeriodDeg { get; }

    /// <summary>False where the plane point is outside the projection's image of the sphere; phi and theta are then NaN.</summary>
    bool TryToNative(double x, double y, out double phiDeg, out double thetaDeg);

    /// <summary>False where the direction has no image (the far side of a gnomonic projection); x and y are then NaN.</summary>
    bool TryFromNative(double phiDeg, double thetaDeg, out double x, out double y);
}
