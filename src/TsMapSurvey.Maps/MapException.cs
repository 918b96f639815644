namespace TsMapSurvey.Maps;

/// <summary>
/// A map, dataset, model or option that cannot be used; made only by the XErrors of this project, of Models and of Estimators.
/// </summary>
public sealed class MapException : Exception
{
    public MapException(MapError error, string message)
        : base(message) => Error = error;

    public MapError Error { get; }
}
