using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Reduction;

// A background aligned with altitude and azimuth turns against the sky while the telescope follows it. As in gammapy (makers/utils.py), the
// time is cut into steps in which it turns by about one degree, and the background is integrated over them by trapezoids.
// The zenith: Earth rotation angle (IAU 2000, Capitaine et al. 2000), with UT1 = UTC (within 0.9 s), and the precession of the celestial
// pole X = 2004.191898" T - 0.4297829" T², Y = -0.025896" T - 22.4072747" T² (IERS Conventions 2010, eq. 5.16), without nutation (20").
/// <summary>A time step: the direction to the zenith at the pointing, from north through east, and the step's share of the time.</summary>
internal readonly record struct ZenithTurn(double AngleDeg, double Share)
{
    private const double StepDeg = 1;
    private const double SmallestStepS = 1;
    private const double DayS = 86400;
    private const double ArcsecondDeg = 1 / 3600.0;
    private const double J2000Mjd = 51544.5;

    /// <summary>One turn for each end of a step.</summary>
    /// <exception cref="Maps.MapException">The place of the telescope is not known.</exception>
    public static ZenithTurn[] Of(EventObservation observation)
    {
        if (observation.Site is not { } site)
            throw EventsErrors.MissingKeyword($"{observation.Place}, EVENTS", "GEOLON and GEOLAT",
                "the place of the telescope, since the background is aligned with altitude and azimuth");
        var (startS, stopS) = (observation.Gti.Intervals[0].StartS, observation.Gti.Intervals[0].StartS + observation.OnTimeS);
        var times = new List<double> { startS };
        while (times[^1] < stopS) times.Add(Math.Min(stopS,
            times[^1] + Math.Max(SmallestStepS, StepS(observation.Pointing, times[^1], site))));
        var turns = new ZenithTurn[times.Count];
        for (var i = 0; i < turns.Length; i++)
        {
            var (before, after) = (i == 0 ? 0 : times[i] - times[i - 1], i + 1 == turns.Length ? 0 : times[i + 1] - times[i]);
            var angle = observation.Pointing.PositionAngleDeg(Zenith(times[i], site));
            turns[i] = new ZenithTurn(angle, (before + after) / 2 / (stopS - startS));
        }

        return turns;
    }

    /// <summary>The time in which the field turns by a degree: cos(altitude) / (cos(latitude) |cos(azimuth)|) of a day's 360th
    /// part.</summary>
    private static double StepS(SkyPosition pointing, double ttS, EarthPlace site)
    {
        var zenith = Zenith(ttS, site);
        var altitude = double.DegreesToRadians(90 - zenith.SeparationDeg(pointing));
        var azimuth = double.DegreesToRadians(zenith.PositionAngleDeg(pointing));
        return StepDeg / (360 / DayS) * Math.Cos(altitude) / (Math.Cos(double.DegreesToRadians(site.LatDeg)) * Math.Abs(Math.Cos(azimuth)));
    }

    /// <summary>The zenith in ICRS.</summary>
    internal static SkyPosition Zenith(double ttS, EarthPlace site)
    {
        var days = TimeInterval.ReferenceMjd + TimeScale.UtcS(ttS) / DayS - J2000Mjd;
        var turns = 0.7790572732640 + 0.00273781191135448 * days + (days - Math.Floor(days));
        var (t, lon) = (days / 36525, (turns - Math.Floor(turns)) * 360 + site.LonDeg);
        var x = double.DegreesToRadians((2004.191898 * t - 0.4297829 * t * t) * ArcsecondDeg);
        var y = double.DegreesToRadians((-0.025896 * t - 22.4072747 * t * t) * ArcsecondDeg);
        var (sinLon, cosLon) = Math.SinCos(double.DegreesToRadians(lon));
        var (sinLat, cosLat) = Math.SinCos(double.DegreesToRadians(site.LatDeg));
        // To first order in the small angles: the celestial pole (0, 0, 1) of date is (x, y, 1) in ICRS.
        var (px, py, pz) = (cosLat * cosLon + x * sinLat, cosLat * sinLon + y * sinLat, sinLat - x * cosLat * cosLon - y * cosLat * sinLon);
        return new SkyPosition(double.RadiansToDegrees(Math.Atan2(py, px)),
            double.RadiansToDegrees(Math.Atan2(pz, Math.Sqrt(px * px + py * py))),
            SkyFrame.Icrs);
    }
}
