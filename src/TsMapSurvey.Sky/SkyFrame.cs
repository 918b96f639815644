namespace TsMapSurvey.Sky;

/// <summary>A celestial coordinate system; longitude and latitude are right ascension and declination, or Galactic l and b.</summary>
public enum SkyFrame
{
    Icrs,

    /// <summary>FK5 of equinox J2000.0.</summary>
    Fk5,

    /// <summary>IAU 1958 Galactic coordinates, defined relative to FK5 J2000.0.</summary>
    Galactic,
}
