namespace TsMapSurvey.Plots;

/// <summary>How a value's place in the range becomes its place in the colormap; all four go from 0 to 1 and increase strictly.</summary>
public enum Stretch
{
    Linear,
    Sqrt,

    /// <summary>log(1 + 1000 u) / log(1001), as SAOImage DS9 has it: defined from the range's lower end on, whatever its sign.</summary>
    Log,

    /// <summary>asinh(u / s) / asinh(1 / s): linear below the softening s, logarithmic above.</summary>
    Asinh,
}
