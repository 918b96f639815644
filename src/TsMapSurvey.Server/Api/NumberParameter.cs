namespace TsMapSurvey.Server.Api;

/// <summary>A number that several requests take: its bounds, and its value where a request does not give it.</summary>
/// <param name="Otherwise">The value without the parameter.</param>
internal sealed record NumberParameter(string Name, double Otherwise, double Least, double Most)
{
    /// <summary>Weakest peak; tiles keep none below 3.</summary>
    public static NumberParameter MinSqrtTs { get; } = new("min_sqrt_ts", 5, 3, 1e6);

    public static NumberParameter MinSeparationDeg { get; } = new("min_separation", 0.3, 0, 180);

    /// <summary>Seconds that an answer may take; without fresh.</summary>
    public static NumberParameter TimeoutS { get; } = new("timeout", 5, 0, 300);

    /// <summary>The same with fresh.</summary>
    public static NumberParameter FreshTimeoutS { get; } = TimeoutS with { Otherwise = 30 };

    public static NumberParameter LongitudeDeg { get; } = new("ra", double.NaN, -360, 360);

    public static NumberParameter LatitudeDeg { get; } = new("dec", double.NaN, -90, 90);
}
