namespace TsMapSurvey.Maps.Time;

public static class TimeScale
{
    private const double DayS = 86400;

    /// <summary>IAU 2006 resolution B3: TDB = TCB - L_B (JD_TCB - T0) 86400 s + TDB0.</summary>
    private const double Lb = 1.550519768e-8;

    private const double T0Jd = 2443144.5003725;
    private const double Tdb0S = -6.55e-5;
    private const double ReferenceJd = TimeInterval.ReferenceMjd + 2400000.5;

    /// <summary>TT - TAI in seconds, by definition (IAU 1991).</summary>
    private const double TtMinusTaiS = 32.184;

    /// <summary>TT - GPS time in seconds: GPS time is 19 s behind TAI.</summary>
    private const double TtMinusGpsS = TtMinusTaiS + 19;

    /// <summary>
    /// MJD (UTC) from which TAI - UTC is 10, 11, 12 ... s (IERS Bulletin C; the last leap second was at the end of 2016).
    /// </summary>
    private static readonly int[] LeapSecondMjds =
    [
        41317, 41499, 41683, 42048, 42413, 42778, 43144, 43509, 43874, 44239, 44786, 45151, 45516, 46247, 47161, 47892,
        48257, 48804, 49169, 49534, 50083, 50630, 51179, 53736, 54832, 56109, 57204, 57754,
    ];

    /// <summary>
    /// TT minus another time scale in seconds, at an MJD in that scale. TDB is treated as TT (they differ by less than 2 ms).
    /// </summary>
    /// <exception cref="MapException">The scale is not tt, tdb, tai, gps or utc.</exception>
    public static double TtMinusS(string scale, double mjd, string where) => scale.Trim().ToLowerInvariant() switch
    {
        "tt" or "tdb" or "" => 0,
        "tai" => TtMinusTaiS,
        "gps" => TtMinusGpsS,
        "utc" => TtMinusTaiS + 9 + LeapSecondMjds.Count(since => mjd >= since),
        var other => throw MapErrors.Unsupported(where, $"TIMESYS '{other}'", "tt, tdb, tai, gps or utc"),
    };

    /// <summary>
    /// Converts a time of <see cref="TimeInterval"/> to microseconds since JD 0 in barycentric coordinate time (TCB), as in time coverages
    /// (IVOA MOC 2.0). TDB is treated as TT.
    /// </summary>
    public static long TcbMicroseconds(double ttS)
    {
        // The relation is linear in TCB: with t = TDB, TCB - TDB = L_B / (1 - L_B) (t - T0) - TDB0 / (1 - L_B).
        var aheadS = (Lb * ((ReferenceJd - T0Jd) * DayS + ttS) - Tdb0S) / (1 - Lb);
        return (long)(ReferenceJd * DayS) * 1_000_000 + (long)Math.Round((ttS + aheadS) * 1e6);
    }

    /// <summary>
    /// Converts a time of <see cref="TimeInterval"/> to seconds since MJD 51544.0 (UTC), without leap seconds, as in MJD. A time within a
    /// leap second gives the value of the following second.
    /// </summary>
    public static double UtcS(double ttS)
    {
        // TT - UTC depends on UTC. The second iteration is exact, since the offset changes only by 1 s and only at midnight.
        var offsetS = 0.0;
        for (var iteration = 0; iteration < 2; iteration++)
            offsetS = TtMinusS("utc", TimeInterval.ReferenceMjd + (ttS - offsetS) / DayS, "");
        return ttS - offsetS;
    }
}
