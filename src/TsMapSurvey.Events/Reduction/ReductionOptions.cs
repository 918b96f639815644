using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Reduction;

/// <summary>How observations become datasets. Everything here has gammapy's meaning and default, except the offset.</summary>
public sealed record ReductionOptions
{
    public const double DefaultOffsetMaxDeg = 2.5;

    /// <summary>Methods whose ranges are intersected. Bins without expected background are never safe.</summary>
    public IReadOnlyList<SafeMaskMethod> SafeMask { get; init; } = [SafeMaskMethod.OffsetMax, SafeMaskMethod.AeffDefault];

    /// <summary>The largest offset of <see cref="SafeMaskMethod.OffsetMax"/>, and the radius of the field in which the background is
    /// scaled.
    /// </summary>
    public double OffsetMaxDeg { get; init; } = DefaultOffsetMaxDeg;

    /// <summary>Share of the largest effective area in percent, for <see cref="SafeMaskMethod.AeffMax"/>.</summary>
    public double AeffPercent { get; init; } = 10;

    /// <summary>Largest bias in percent, for <see cref="SafeMaskMethod.EdispBias"/>.</summary>
    public double BiasPercent { get; init; } = 10;

    public BackgroundMethod Background { get; init; } = BackgroundMethod.FovNorm;

    /// <summary>False where events of known sources are, which do not count for the background norm; null for none. Positions outside its
    /// image count.</summary>
    public Map<bool>? Exclusion { get; init; }
}
