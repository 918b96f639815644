using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation.AllSky;

/// <summary>
/// The pointings of an instrument that observes one position each night and covers the whole sphere in a year, in the order of right
/// ascension, as the sky moves past midnight. Right ascension and sin(declination) form a lattice with the golden ratio (Fibonacci lattice:
/// Swinbank &amp; Purser 2006, Q. J. R. Meteorol. Soc. 132, 1769), whose points are spread evenly over the sphere, the poles included.
/// </summary>
internal static class YearOfNights
{
    /// <summary>Late evening of MJD 59000 (TT).</summary>
    private const double FirstStartS = (59000.85 - 51544) * DayS;

    private const double DayS = 86400;
    private const double GoldenRatio = 1.618033988749895;

    /// <summary>Largest random displacement of a pointing.</summary>
    private const double ScatterDeg = 1;

    public static Pointing[] Of(SimulationOptions options)
    {
        var random = Seeds.Stream(options.Seed, Seeds.Pointings);
        var nightS = Math.Max(DayS, Math.Ceiling(options.OnTimeS / DayS) * DayS);
        return [.. Enumerable.Range(0, options.Observations).Select(i => new Pointing(
            Lattice(i, options.Observations).DirectionalOffset(360 * random.NextDouble(), ScatterDeg * Math.Sqrt(random.NextDouble())),
            FirstStartS + i * nightS, options.OnTimeS))];
    }

    private static SkyPosition Lattice(int index, int count)
    {
        var turns = (index + 0.5) * GoldenRatio;
        var sinDec = 2 * (turns - Math.Floor(turns)) - 1;
        return new SkyPosition(360 * (index + 0.5) / count, double.RadiansToDegrees(Math.Asin(sinDec)), SkyFrame.Icrs);
    }
}
