using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation;

/// <summary>
/// The pointing of an observation: the position of the camera's centre, and its start in seconds of TT since MJD 51544.0.
/// </summary>
public readonly record struct Pointing(SkyPosition Position, double StartS, double OnTimeS)
{
    public double LiveTimeS => OnTimeS * Instrument.LiveFraction;
}
