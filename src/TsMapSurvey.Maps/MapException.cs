namespace TsMapSurvey.Maps;

/// <summary>
/// A map, dataset, model or option is invalid. Created only by the XErrors classes of this project, Models and Estimators.
/// </summary>
public sealed class MapException : Exception
{
    public MapException(MapError error, string message)
        : base(message) => Error = error;

    public MapError Error { get; }
}
