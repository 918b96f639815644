namespace TsMapSurvey.Hips;

/// <summary>How one pixel is made of four pixels of the next order. NaN is left out; the result is NaN if all four are.</summary>
public enum HipsReduction
{
    Mean,
    Sum,

    /// <summary>The largest value: a source stays visible in the widest view.</summary>
    Max,
}
