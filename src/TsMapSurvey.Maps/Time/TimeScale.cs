namespace TsMapSurvey.Maps.Time;

/// <summary>Conversion of the time scales met in GTI tables to Terrestrial Time.</summary>
public static class TimeScale
{
    private const double DayS = 86400;

    /// <summary>TT - TAI in seconds, by definition (IAU 1991).</summary>
    private const double TtMinusTaiS = 32.184;

    /// <summary>TT - GPS time in seconds: GPS runs 19 s behind TAI.</summary>
    private const double TtMinusGpsS = TtMinusTaiS + 19;

    /// <summary>
    /// MJD (UTC) from which TAI - UTC is 10, 11, 12 ... s (IERS Bulletin C; the last leap second is that of the end of 2016).
    /// </summary>
    private static readonly int[] LeapSecondMjds =
    [
        41317, 41499, 41683, 42048, 42413, 42778, 43144, 43509, 43874, 44239, 44786, 45151, 45516, 46247, 47161, 47892,
        48257, 48804, 49169, 49534, 50083, 50630, 51179, 53736, 54832, 56109, 57204, 57754,
    ];

    /// <summary>
    /// TT minus the named scale, in seconds, at a date in that scale. TDB is taken as TT (they differ by less than 2 ms).
    /// </summary>
    /// <exception cref="MapException">A scale that is not tt, tdb, tai, gps or utc.</exception>
    public static double TtMinusS(string scale, double mjd, string where) => scale.Trim().ToLowerInvariant() switch
    {
        "tt" or "tdb" or "" => 0,
        "tai" => TtMinusTaiS,
        "gps" => TtMinusGpsS,
        "utc" => TtMinusTaiS + 9 + LeapSecondMjds.Count(since => mjd >= since),
        var other => throw MapErrors.Unsupported(where, $"TIMESYS '{other}'", "tt, tdb, tai, gps or utc"),
    };

    /// <summary>
    /// UTC seconds since MJD 51544.0 (UTC), leap seconds left out as in MJD, of a time as <see cref="TimeInterval"/> has it. Within a leap
    /// second: the next one's.
    /// </summary>
    public static double UtcS(double ttS)
    {
        // TT - UTC depends on UTC: the second look has it right, since it changes by 1 s and only at midnight.
        var offsetS = 0.0;
        for (var look = 0; look < 2; look++) offsetS = TtMinusS("utc", TimeInterval.ReferenceMjd + (ttS - offsetS) / DayS, "");
        return ttS - offsetS;
    }
}
