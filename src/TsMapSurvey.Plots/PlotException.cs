namespace TsMapSurvey.Plots;

/// <summary>A map or option that cannot be drawn; created only by <see cref="PlotErrors"/>.</summary>
public sealed class PlotException : Exception
{
    internal PlotException(PlotError error, string message)
        : base(message) => Error = error;

    public PlotError Error { get; }
}
