namespace TsMapSurvey.Events.Responses;

/// <summary>Which way the longitude and latitude of a background in field coordinates point (FOVALIGN).</summary>
public enum FieldAlignment
{
    /// <summary>The background depends on the offset alone.</summary>
    Round,

    /// <summary>Latitude to the north, longitude to decreasing right ascension: RADEC of the data formats.</summary>
    RaDec,

    /// <summary>Latitude to the north, longitude to increasing right ascension: what the writer of H.E.S.S. DL3 DR1 calls RADEC.</summary>
    ReversedRaDec,

    /// <summary>Latitude to the zenith, longitude to decreasing azimuth.</summary>
    AltAz,
}
