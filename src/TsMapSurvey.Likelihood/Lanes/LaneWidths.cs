using System.Runtime.Intrinsics;

namespace TsMapSurvey.Likelihood.Lanes;

/// <summary>
/// The widths this processor runs, and the one that is used. Every width gives the same results, up to how a processor rounds a b + c.
/// </summary>
public static class LaneWidths
{
    /// <summary>Environment variable that forces a width: 64, 128, 256 or 512.</summary>
    public const string Variable = "TSMAP_LANE_BITS";

    /// <summary>Narrowest first; one pixel at a time always runs.</summary>
    public static IReadOnlyList<LaneWidth> Accelerated { get; } =
    [
        LaneWidth.Bits64,
        .. Vector128.IsHardwareAccelerated ? [LaneWidth.Bits128] : Array.Empty<LaneWidth>(),
        .. Vector256.IsHardwareAccelerated ? [LaneWidth.Bits256] : Array.Empty<LaneWidth>(),
        .. Vector512.IsHardwareAccelerated ? [LaneWidth.Bits512] : Array.Empty<LaneWidth>(),
    ];

    /// <summary>
    /// The widest accelerated one, unless the variable names another; a width that is not accelerated is computed in pieces.
    /// </summary>
    public static LaneWidth Used { get; } =
        Enum.TryParse<LaneWidth>("Bits" + Environment.GetEnvironmentVariable(Variable), out var forced) && Enum.IsDefined(forced)
            ? forced : Accelerated[^1];
}
