namespace TsMapSurvey.Plots;

/// <summary>The kinds of failure of this library; the message names what was found and what was expected.</summary>
public enum PlotError
{
    NoImage,
    TooSmall,
    NoSuchPlane,
    BadSize,
    NotEncoded,
    BadRange,
    UnknownColormap,
    UnknownStretch,
    BadLevel,
    NoFluxPoints,
}
