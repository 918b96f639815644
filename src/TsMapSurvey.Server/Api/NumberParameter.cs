using TsMapSurvey.Estimators.Points;

namespace TsMapSurvey.Server.Api;

/// <summary>A numeric parameter shared by several endpoints, with its bounds and default value.</summary>
internal sealed record NumberParameter(string Name, double Default, double Min, double Max)
{
    /// <summary>Minimum significance; tiles store no peaks below 3.</summary>
    public static NumberParameter MinSqrtTs { get; } = new("min_sqrt_ts", 5, 3, 1e6);

    public static NumberParameter MinSeparationDeg { get; } = new("min_separation", 0.3, 0, 180);

    /// <summary>Seconds to wait without fresh.</summary>
    public static NumberParameter TimeoutS { get; } = new("timeout", 5, 0, 300);

    /// <summary>Seconds to wait with fresh.</summary>
    public static NumberParameter FreshTimeoutS { get; } = TimeoutS with { Default = 30 };

    /// <summary>Standard deviations of an upper limit; none by default, which is the map's own.</summary>
    public static NumberParameter NSigmaUl { get; } = new("n_sigma_ul", double.NaN, 0.1, ConfidenceLevel.MaxSigma);

    public static NumberParameter Confidence { get; } = new("confidence", double.NaN, ConfidenceLevel.Min, ConfidenceLevel.Max);

    public static NumberParameter LongitudeDeg { get; } = new("ra", double.NaN, -360, 360);

    public static NumberParameter LatitudeDeg { get; } = new("dec", double.NaN, -90, 90);
}
