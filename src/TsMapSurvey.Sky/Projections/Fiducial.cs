namespace TsMapSurvey.Sky.Projections;

/// <summary>
/// The native coordinates of the reference point, (phi_0, theta_0) of Calabretta &amp; Greisen 2002 (FITS WCS paper II), section 2.5:
/// PV1_1 and PV1_2, or the default of the projection.
/// </summary>
/// <param name="PhiDeg">PV1_1.</param>
/// <param name="ThetaDeg">PV1_2.</param>
/// <param name="IsAtCrpix">PV1_0: whether the plane is shifted so that this point is at CRPIX. If not, the projection's default reference
/// point is at CRPIX.</param>
internal readonly record struct Fiducial(double PhiDeg, double ThetaDeg, bool IsAtCrpix)
{
    internal static Fiducial Of(ISphereProjection projection) => new(0, projection.ReferenceThetaDeg, false);

    /// <summary>The plane coordinates at CRPIX in degrees.</summary>
    internal (double X, double Y) PlaneAtCrpix(ISphereProjection projection) => !IsAtCrpix ? (0, 0)
        : projection.TryFromNative(PhiDeg, ThetaDeg, out var x, out var y) ? (x, y)
        : throw SkyErrors.BadKeyword("PV1_2", ThetaDeg, $"a point that the projection {projection.Code} shows (PV1_1 is {PhiDeg})");
}
