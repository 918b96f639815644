namespace TsMapSurvey.Sky;

/// <summary>How the sphere is laid on the image plane; the names are those of FITS WCS paper II (CTYPE's last three letters, in
/// capitals).</summary>
public enum Projection
{
    /// <summary>Plate carrée (paper II, 5.2.3).</summary>
    Car,

    /// <summary>Gnomonic (paper II, 5.1.3).</summary>
    Tan,

    /// <summary>Orthographic, or slanted by PV2_1 and PV2_2 (paper II, 5.1.5). NCP is one of the slanted ones.</summary>
    Sin,

    /// <summary>Zenithal equidistant (paper II, 5.1.6).</summary>
    Arc,

    /// <summary>Stereographic (paper II, 5.1.4).</summary>
    Stg,

    /// <summary>Zenithal equal-area (paper II, 5.1.8).</summary>
    Zea,

    /// <summary>Hammer-Aitoff, equal-area (paper II, 5.3.4).</summary>
    Ait,

    /// <summary>Mollweide, equal-area (paper II, 5.3.3).</summary>
    Mol,

    /// <summary>
    /// Sanson-Flamsteed, equal-area (paper II, 5.3.1). GLS is AIPS's name for it, with the reference point at its own latitude.
    /// </summary>
    Sfl,
}
