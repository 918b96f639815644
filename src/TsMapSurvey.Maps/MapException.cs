namespace TsMapSurvey.Maps;

/// <summary>A map, dataset, model or option that cannot be used; made only by <see cref="MapErrors"/>.</summary>
public sealed class MapException : Exception
{
    internal MapException(MapError error, string message)
        : base(message) => Error = error;

    public MapError Error { get; }
}
