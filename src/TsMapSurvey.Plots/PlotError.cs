namespace TsMapSurvey.Plots;

/// <summary>The kinds of errors of this library; messages have what was found and what was expected.</summary>
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
