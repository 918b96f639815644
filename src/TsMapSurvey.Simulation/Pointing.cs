using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation;

/// <summary>One observation to be made: where the camera's centre looks, and when, in seconds of TT since MJD 51544.0.</summary>
public readonly record struct Pointing(SkyPosition Position, double StartS, double OnTimeS)
{
    public double LiveTimeS => OnTimeS * Instrument.LiveFraction;
}
