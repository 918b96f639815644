namespace TsMapSurvey.Grains.Tests;

/// <summary>The system's clock, set ahead by the test; timers run as ever, so that the cluster goes on.</summary>
internal sealed class AheadTime : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
