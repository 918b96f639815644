using TsMapSurvey.Sky.Projections;

namespace TsMapSurvey.Sky;

/// <summary>
/// A world coordinate system with two celestial axes: the sky positions of pixels by FITS WCS papers I and II. Immutable. Properties are
/// the header's keywords, with CRPIX counted from 1. Methods take pixel coordinates counted from 0; (0, 0) is the centre of the first
/// pixel.
/// </summary>
public sealed partial record Wcs
{
    private readonly ISphereProjection _projection;
    private readonly NativeRotation _rotation;
    private readonly PixelMatrix _matrix;
    private readonly Fiducial _reference;
    private readonly (double X, double Y) _planeAtCrpix;

    private Wcs(WcsKeywords keywords)
    {
        Frame = keywords.Frame;
        _projection = KnownProjections.Of(keywords.Projection, keywords.Pv21, keywords.Pv22);
        (Crpix1, Crpix2) = (keywords.Crpix1, keywords.Crpix2);
        (Crval1, Crval2) = (keywords.Crval1, keywords.Crval2);
        (Cdelt1, Cdelt2) = (keywords.Cdelt1, keywords.Cdelt2);
        (Pc11, Pc12, Pc21, Pc22) = (keywords.Pc11, keywords.Pc12, keywords.Pc21, keywords.Pc22);
        _matrix = new PixelMatrix(Cdelt1 * Pc11, Cdelt1 * Pc12, Cdelt2 * Pc21, Cdelt2 * Pc22);
        if (_matrix.Determinant == 0 || !double.IsFinite(_matrix.Determinant)) throw SkyErrors.SingularMatrix(_matrix.Determinant);
        if (!(Math.Abs(Crval2) <= 90)) throw SkyErrors.BadKeyword("CRVAL2", Crval2, "a latitude from -90 to 90 degrees");

        _reference = keywords.Reference ?? Fiducial.Of(_projection);
        _planeAtCrpix = _reference.PlaneAtCrpix(_projection);
        Lonpole = Degrees.Wrap180(keywords.Lonpole ?? NativePole.DefaultLonpole(_reference, Crval2));
        var pole = NativePole.Find(_reference, Crval1, Crval2, Lonpole, keywords.Latpole ?? 90);
        Latpole = pole.LatDeg;
        _rotation = new NativeRotation(pole);
    }

    public Projection Projection => _projection.Name;

    public SkyFrame Frame { get; }

    /// <summary>Column of the reference point, counted from 1.</summary>
    public double Crpix1 { get; }

    public double Crpix2 { get; }

    /// <summary>Longitude of the reference point in degrees, not normalized.</summary>
    public double Crval1 { get; }

    public double Crval2 { get; }

    /// <summary>Degrees per pixel. If the header has a CD matrix, 1, and the matrix is in <see cref="Pc11"/> to <see cref="Pc22"/>, as in
    /// wcslib.</summary>
    public double Cdelt1 { get; }

    public double Cdelt2 { get; }

    public double Pc11 { get; }

    public double Pc12 { get; }

    public double Pc21 { get; }

    public double Pc22 { get; }

    /// <summary>Native longitude of the celestial pole in degrees; the default of paper II if the header has none.</summary>
    public double Lonpole { get; }

    /// <summary>Native latitude of the celestial pole in degrees, resolved by paper II, section 2.4; it may differ from the
    /// header.</summary>
    public double Latpole { get; }

    /// <summary>The larger pixel side in degrees: max |CDELT| if the axes are not rotated.</summary>
    public double PixelScaleDeg => _matrix.LargestStepDeg;

    /// <summary>The sky position of the reference point.</summary>
    public SkyPosition Reference => new(Crval1, Crval2, Frame);

    /// <summary>Creates a system without rotation.</summary>
    /// <param name="frame">Frame of the axes.</param>
    /// <param name="reference">CRVAL, in any frame. CAR with a latitude other than 0 is oblique: its rows follow a great circle through the
    /// reference point, not the parallels.</param>
    /// <param name="crpix1">Column of the reference point, counted from 1.</param>
    /// <param name="crpix2">Row of the reference point, counted from 1.</param>
    /// <param name="cdelt1Deg">Degrees per column; usually negative, since longitude grows to the left.</param>
    /// <param name="cdelt2Deg">Degrees per row.</param>
    /// <exception cref="SkyException">A number is not finite, a step is 0, or the latitude is not from -90 to 90.</exception>
    public static Wcs Create(SkyFrame frame, Projection projection, SkyPosition reference,
        double crpix1, double crpix2, double cdelt1Deg, double cdelt2Deg)
    {
        var crval = reference.To(frame);
        return new Wcs(new WcsKeywords(frame, projection)
        {
            Crpix1 = Finite("CRPIX1", crpix1),
            Crpix2 = Finite("CRPIX2", crpix2),
            Crval1 = Finite("CRVAL1", crval.LonDeg),
            Crval2 = Finite("CRVAL2", crval.LatDeg),
            Cdelt1 = Finite("CDELT1", cdelt1Deg),
            Cdelt2 = Finite("CDELT2", cdelt2Deg),
        });
    }

    /// <summary>Creates a system with square pixels whose axes are turned, and whose reference point is the centre of pixel (0,
    /// 0).</summary>
    /// <param name="turnDeg">CROTA2 of paper II, eq. 188: the angle from north to the y axis, positive if y leans to the west.</param>
    internal static Wcs CreateTurned(SkyFrame frame, Projection projection, SkyPosition reference, double turnDeg, double pixelDeg)
    {
        var (crval, (sin, cos)) = (reference.To(frame), Degrees.SinCos(turnDeg));
        return new Wcs(new WcsKeywords(frame, projection)
        {
            Crpix1 = 1,
            Crpix2 = 1,
            Crval1 = Finite("CRVAL1", crval.LonDeg),
            Crval2 = Finite("CRVAL2", crval.LatDeg),
            Cdelt1 = -pixelDeg,
            Cdelt2 = pixelDeg,
            Pc11 = cos,
            Pc12 = sin,
            Pc21 = -sin,
            Pc22 = cos,
        });
    }

    /// <summary>The same pixel grid with another first pixel: this system's pixel (x, y) is the result's (x - x0, y - y0).</summary>
    public Wcs Cutout(int x0, int y0) => new(ToKeywords() with { Crpix1 = Crpix1 - x0, Crpix2 = Crpix2 - y0 });

    /// <summary>The same pixel grid, shifted: this system's pixel (x, y) is the result's (x + dx, y + dy).</summary>
    public Wcs Shifted(int dx, int dy) => Cutout(-dx, -dy);

    /// <summary>A system whose pixels are blocks of factor x factor pixels of this one, starting at pixel (0, 0).</summary>
    public Wcs Binned(int factor) => new(ToKeywords() with
    {
        Crpix1 = (Crpix1 - 0.5) / factor + 0.5,
        Crpix2 = (Crpix2 - 0.5) / factor + 0.5,
        Cdelt1 = Cdelt1 * factor,
        Cdelt2 = Cdelt2 * factor,
    });

    /// <summary>
    /// The system of an image of n x n pixels around another reference point, with the same frame, projection, rotation and axis
    /// directions, and with square pixels of <see cref="PixelScaleDeg"/>. The centre of the image is undistorted. For odd n and no offset,
    /// the reference point is the centre of the middle pixel. LONPOLE, LATPOLE and the native position of the reference point have their
    /// defaults. A slant SIN becomes an orthographic one.
    /// </summary>
    /// <param name="offsetX">Pixels from the image's centre to the reference point.</param>
    /// <param name="offsetY">The same along y.</param>
    public Wcs Recentred(SkyPosition centre, int pixels, double offsetX = 0, double offsetY = 0)
    {
        var crval = centre.To(Frame);
        // Scale each row of M to PixelScaleDeg: with equal steps this keeps the rotation, with unequal steps the pixels become square.
        var step1 = Math.Sqrt(_matrix.M11 * _matrix.M11 + _matrix.M12 * _matrix.M12);
        var step2 = Math.Sqrt(_matrix.M21 * _matrix.M21 + _matrix.M22 * _matrix.M22);
        return new Wcs(ToKeywords() with
        {
            Crpix1 = (pixels + 1) / 2.0 + offsetX,
            Crpix2 = (pixels + 1) / 2.0 + offsetY,
            Crval1 = Finite("CRVAL1", crval.LonDeg),
            Crval2 = Finite("CRVAL2", crval.LatDeg),
            Cdelt1 = Cdelt1 * (PixelScaleDeg / step1),
            Cdelt2 = Cdelt2 * (PixelScaleDeg / step2),
            Pv21 = 0,
            Pv22 = 0,
            Reference = null,
            Lonpole = null,
            Latpole = null,
        });
    }

    private WcsKeywords ToKeywords() => new(Frame, Projection)
    {
        Crpix1 = Crpix1,
        Crpix2 = Crpix2,
        Crval1 = Crval1,
        Crval2 = Crval2,
        Cdelt1 = Cdelt1,
        Cdelt2 = Cdelt2,
        Pc11 = Pc11,
        Pc12 = Pc12,
        Pc21 = Pc21,
        Pc22 = Pc22,
        Pv21 = Parameter(1),
        Pv22 = Parameter(2),
        Reference = _reference,
        Lonpole = Lonpole,
        Latpole = Latpole,
    };

    private double Parameter(int number) => _projection.Parameters.FirstOrDefault(one => one.Number == number).Value;

    private static double Finite(string keyword, double value) =>
        double.IsFinite(value) ? value : throw SkyErrors.BadKeyword(keyword, value, "a finite number");
}
