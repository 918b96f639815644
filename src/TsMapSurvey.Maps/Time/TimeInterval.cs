namespace TsMapSurvey.Maps.Time;

/// <summary>A time interval in seconds of Terrestrial Time since MJD 51544.0 (TT).</summary>
public readonly record struct TimeInterval(double StartS, double StopS)
{
    /// <summary>The MJD (TT) at which the seconds are 0.</summary>
    public const int ReferenceMjd = 51544;
}
