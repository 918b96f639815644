namespace TsMapSurvey.Maps.Time;

/// <summary>A time interval in seconds of Terrestrial Time since MJD 51544.0 (TT).</summary>
public readonly record struct TimeInterval(double StartS, double StopS)
{
    /// <summary>MJD (TT) from which the seconds count.</summary>
    public const int ReferenceMjd = 51544;
}
