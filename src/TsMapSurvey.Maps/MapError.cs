namespace TsMapSurvey.Maps;

/// <summary>The kinds of failure of this library.</summary>
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
    BadPosition,
}
