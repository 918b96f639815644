namespace TsMapSurvey.Maps;

/// <summary>The kinds of failure of this library; the message names what was found, what was expected, and where.</summary>
public enum MapError
{
    BadUnit,
    BadQuantity,
    UnitMismatch,
    BadAxis,
    BadGeometry,
    MissingMap,
    UnsupportedLayout,
    BadModel,
    BadOption,
    NotAligned,
    DifferentAxes,
    BadValues,
}

/// <summary>A map, dataset, model or option that cannot be used; made only by <see cref="MapErrors"/>.</summary>
public sealed class MapException : Exception
{
    internal MapException(MapError error, string message)
        : base(message) => Error = error;

    public MapError Error { get; }
}
