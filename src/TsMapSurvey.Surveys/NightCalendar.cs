using TsMapSurvey.Maps.Time;

namespace TsMapSurvey.Surveys;

/// <summary>Numbers the nights of a survey: night N begins on MJD N at the start hour (UTC) and lasts 24 hours.</summary>
public sealed record NightCalendar(double StartUtcHour)
{
    /// <summary>Largest number of a night; later times in a file are invalid.</summary>
    public const int LatestNight = 999_999;

    private const double HourS = 3600;
    private const double DayS = 24 * HourS;
    private const int UnixEpochMjd = 40587;

    /// <summary>
    /// The start of an observation, in the seconds of <see cref="TimeInterval"/>; null if it has no good time interval, or if the interval
    /// begins at a time that is not in a night from 0 to <see cref="LatestNight"/>.
    /// </summary>
    public double? StartOf(GoodTimeIntervals? times) =>
        times?.Intervals is [var first, ..] && double.IsFinite(first.StartS) && Number(first.StartS) is >= 0 and <= LatestNight
            ? first.StartS : null;

    /// <summary>The night that contains a start time.</summary>
    public int NightOf(double startS) => (int)Number(startS);

    public DateTimeOffset BeginningOf(int night) => DateTimeOffset.UnixEpoch.AddDays(night - UnixEpochMjd).AddHours(StartUtcHour);

    // Rounded to milliseconds: TT - UTC is not exact in binary, and an observation that begins exactly at the start hour is in the new
    // night.
    private double Number(double startS) =>
        TimeInterval.ReferenceMjd + Math.Floor((Math.Round(TimeScale.UtcS(startS), 3) - StartUtcHour * HourS) / DayS);
}
