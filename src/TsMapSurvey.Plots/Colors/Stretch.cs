namespace TsMapSurvey.Plots;

/// <summary>Functions from a value's place u in the range to its place in the colormap; all are strictly increasing from 0 to 1.</summary>
public enum Stretch
{
    Linear,
    Sqrt,

    /// <summary>log(1 + 1000 u) / log(1001), as in SAOImage DS9; it is defined for a lower end of any sign.</summary>
    Log,

    /// <summary>asinh(u / s) / asinh(1 / s): linear below the softening s, logarithmic above.</summary>
    Asinh,

    /// <summary>u², which emphasizes the brightest values.</summary>
    Power,
}
