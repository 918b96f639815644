namespace TsMapSurvey.Sky;

/// <summary>How the sphere is laid on the image plane; the names are those of FITS WCS paper II (CTYPE's last three letters, in
/// capitals).</summary>
public enum Projection
{
    /// <summary>Plate carrée (paper II, 5.2.3).</summary>
    Car,

    /// <summary>Gnomonic (paper II, 5.1.3).</summary>
    Tan,
}
