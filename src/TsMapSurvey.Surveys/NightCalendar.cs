using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Time;

namespace TsMapSurvey.Surveys;

/// <summary>Counts the nights of a survey: night N begins on MJD N (UTC) at the start hour and lasts a day.</summary>
public sealed record NightCalendar(double StartUtcHour)
{
    /// <summary>What a night may be: beyond, a file's times are no times.</summary>
    public const int LatestNight = 999_999;

    private const double HourS = 3600;
    private const double DayS = 24 * HourS;
    private const int UnixEpochMjd = 40587;

    /// <summary>
    /// When an observation began, in the seconds of <see cref="TimeInterval"/>; null where it does not say: no good time interval, or one
    /// that is at no time that a night can have.
    /// </summary>
    public double? StartOf(MapDataset observation) =>
        observation.Gti?.Intervals is [var first, ..] && double.IsFinite(first.StartS) && Number(first.StartS) is >= 0 and <= LatestNight
            ? first.StartS : null;

    /// <summary>The night that a start lies in.</summary>
    public int NightOf(double startS) => (int)Number(startS);

    public DateTimeOffset BeginningOf(int night) => DateTimeOffset.UnixEpoch.AddDays(night - UnixEpochMjd).AddHours(StartUtcHour);

    // To the millisecond, since TT - UTC is no binary fraction: noon sharp is noon.
    private double Number(double startS) =>
        TimeInterval.ReferenceMjd + Math.Floor((Math.Round(TimeScale.UtcS(startS), 3) - StartUtcHour * HourS) / DayS);
}
