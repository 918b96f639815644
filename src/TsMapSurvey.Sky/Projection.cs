namespace TsMapSurvey.Sky;

/// <summary>A projection of the sphere onto the image plane, named by the last three letters of CTYPE (FITS WCS paper II).</summary>
public enum Projection
{
    /// <summary>Plate carrée (paper II, 5.2.3).</summary>
    Car,

    /// <summary>Gnomonic (paper II, 5.1.3).</summary>
    Tan,

    /// <summary>Orthographic, or slant orthographic with PV2_1 and PV2_2 (paper II, 5.1.5). NCP is a slant orthographic
    /// projection.</summary>
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
    /// Sanson-Flamsteed, equal-area (paper II, 5.3.1). AIPS names it GLS and puts the reference point at its true latitude.
    /// </summary>
    Sfl,
}
