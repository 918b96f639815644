using TsMapSurvey.Sky.Projections;

namespace TsMapSurvey.Sky;

/// <summary>
/// A world coordinate system of two celestial axes, FITS WCS papers I and II: what a FITS header says about where its pixels are.
/// Immutable. Properties are the header's keywords, CRPIX counted from 1; methods take pixel coordinates counted from 0,
/// where (0, 0) is the centre of the first pixel.
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

    /// <summary>Pixel coordinate of the reference point, counted from 1; the 0-based column is Crpix1 - 1.</summary>
    public double Crpix1 { get; }

    public double Crpix2 { get; }

    /// <summary>Longitude of the reference point, degrees, as the header has it.</summary>
    public double Crval1 { get; }

    public double Crval2 { get; }

    /// <summary>Degrees per pixel; 1 where the header has a CD matrix, which is then <see cref="Pc11"/> to <see cref="Pc22"/>, as in
    /// wcslib.</summary>
    public double Cdelt1 { get; }

    public double Cdelt2 { get; }

    public double Pc11 { get; }

    public double Pc12 { get; }

    public double Pc21 { get; }

    public double Pc22 { get; }

    /// <summary>Native longitude of the celestial pole, degrees; paper II's default where the header has none.</summary>
    public double Lonpole { get; }

    /// <summary>Native latitude of the celestial pole, degrees, resolved as paper II section 2.4 says: not always the header's
    /// value.</summary>
    public double Latpole { get; }

    /// <summary>The larger pixel side in degrees: max |CDELT| where the axes are not rotated.</summary>
    public double PixelScaleDeg => _matrix.LargestStepDeg;

    /// <summary>The sky position of the reference point.</summary>
    public SkyPosition Reference => new(Crval1, Crval2, Frame);

    /// <summary>A new system without rotation.</summary>
    /// <param name="frame">Frame of the axes.</param>
    /// <param name="projection">Projection.</param>
    /// <param name="reference">CRVAL; any frame. A CAR with a latitude other than 0 is oblique: its pixels follow a great circle through
    /// the reference point, not the parallels.</param>
    /// <param name="crpix1">Its pixel, counted from 1.</param>
    /// <param name="crpix2">Its pixel, counted from 1.</param>
    /// <param name="cdelt1Deg">Degrees per column; negative where longitude grows to the left, as usual.</param>
    /// <param name="cdelt2Deg">Degrees per row.</param>
    /// <exception cref="SkyException">A number is not finite, a step is 0 or the latitude is no latitude.</exception>
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

    /// <summary>The same sky seen from another first pixel: this system's pixel (x, y) is the result's (x - x0, y - y0).</summary>
    public Wcs Cutout(int x0, int y0) => new(AsKeywords() with { Crpix1 = Crpix1 - x0, Crpix2 = Crpix2 - y0 });

    /// <summary>The same sky, pixels moved: this system's pixel (x, y) is the result's (x + dx, y + dy).</summary>
    public Wcs Shifted(int dx, int dy) => Cutout(-dx, -dy);

    /// <summary>Pixels of factor x factor of this system's, the first of which begins where this system's pixel (0, 0) does.</summary>
    public Wcs Binned(int factor) => new(AsKeywords() with
    {
        Crpix1 = (Crpix1 - 0.5) / factor + 0.5,
        Crpix2 = (Crpix2 - 0.5) / factor + 0.5,
        Cdelt1 = Cdelt1 * factor,
        Cdelt2 = Cdelt2 * factor,
    });

    /// <summary>
    /// The same frame, projection, rotation and axis directions around another reference point, with square pixels of
    /// <see cref="PixelScaleDeg"/>: an image of n x n pixels whose centre is undistorted (n odd: the centre pixel's centre is the
    /// reference, unless it is moved).
    /// LONPOLE and LATPOLE are the defaults, and so is the reference point's native position. A slanted SIN becomes an upright one.
    /// </summary>
    /// <param name="offsetX">Pixels from the image's centre to the reference point.</param>
    /// <param name="offsetY">The same along y.</param>
    public Wcs Recentred(SkyPosition centre, int pixels, double offsetX = 0, double offsetY = 0)
    {
        var crval = centre.To(Frame);
        // Scaling the rows of M keeps a rotation only where both steps are equal; where they are not, the pixels become square.
        var step1 = Math.Sqrt(_matrix.M11 * _matrix.M11 + _matrix.M12 * _matrix.M12);
        var step2 = Math.Sqrt(_matrix.M21 * _matrix.M21 + _matrix.M22 * _matrix.M22);
        return new Wcs(AsKeywords() with
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

    private WcsKeywords AsKeywords() => new(Frame, Projection)
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
