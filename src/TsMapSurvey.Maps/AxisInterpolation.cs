namespace TsMapSurvey.Maps;

/// <summary>Interpolation between the nodes of an axis: linear in the value or in its logarithm.</summary>
public enum AxisInterpolation
{
    Linear,
    Log,
}
