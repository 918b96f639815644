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
}

/// <summary>A map or option that cannot be drawn; made only by <see cref="PlotErrors"/>.</summary>
public sealed class PlotException : Exception
{
    internal PlotException(PlotError error, string message)
        : base(message) => Error = error;

    public PlotError Error { get; }
}
