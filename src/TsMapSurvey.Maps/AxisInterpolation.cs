namespace TsMapSurvey.Maps;

/// <summary>How values between an axis's nodes are found: in the value or in its logarithm.</summary>
public enum AxisInterpolation
{
    Linear,
    Log,
}
