namespace TsMapSurvey.Maps;

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
