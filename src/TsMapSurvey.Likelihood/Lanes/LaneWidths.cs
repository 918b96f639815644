using System.Runtime.Intrinsics;

namespace TsMapSurvey.Likelihood.Lanes;

/// <summary>
/// The widths that this processor supports, and the width in use. All widths give the same results, except for the rounding of a b + c.
/// </summary>
public static class LaneWidths
{
    /// <summary>Environment variable that sets the width: 64, 128, 256 or 512.</summary>
    public const string Variable = "TSMAP_LANE_BITS";

    /// <summary>The accelerated widths, narrowest first; 64 bits (one pixel) is always included.</summary>
    public static IReadOnlyList<LaneWidth> Accelerated { get; } =
    [
        LaneWidth.Bits64,
        .. Vector128.IsHardwareAccelerated ? [LaneWidth.Bits128] : Array.Empty<LaneWidth>(),
        .. Vector256.IsHardwareAccelerated ? [LaneWidth.Bits256] : Array.Empty<LaneWidth>(),
        .. Vector512.IsHardwareAccelerated ? [LaneWidth.Bits512] : Array.Empty<LaneWidth>(),
    ];

    /// <summary>
    /// The width set by the variable, else the widest accelerated one. A width that is not accelerated is computed in smaller parts.
    /// </summary>
    public static LaneWidth Used { get; } =
        Enum.TryParse<LaneWidth>("Bits" + Environment.GetEnvironmentVariable(Variable), out var forced) && Enum.IsDefined(forced)
            ? forced : Accelerated[^1];
}
