using TsMapSurvey.Sky.Projections;

namespace TsMapSurvey.Sky;

/// <summary>The keywords of a celestial header with the defaults of FITS; null if paper II derives the value.</summary>
internal sealed record WcsKeywords(SkyFrame Frame, Projection Projection)
{
    internal double Crpix1 { get; init; }

    internal double Crpix2 { get; init; }

    internal double Crval1 { get; init; }

    internal double Crval2 { get; init; }

    internal double Cdelt1 { get; init; } = 1;

    internal double Cdelt2 { get; init; } = 1;

    internal double Pc11 { get; init; } = 1;

    internal double Pc12 { get; init; }

    internal double Pc21 { get; init; }

    internal double Pc22 { get; init; } = 1;

    /// <summary>Projection parameter; only for SIN.</summary>
    internal double Pv21 { get; init; }

    internal double Pv22 { get; init; }

    /// <summary>Null stands for the default of the projection.</summary>
    internal Fiducial? Reference { get; init; }

    internal double? Lonpole { get; init; }

    internal double? Latpole { get; init; }
}
