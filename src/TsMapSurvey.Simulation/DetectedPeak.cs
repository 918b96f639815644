using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation;

/// <summary>A peak of a TS map.</summary>
public sealed record DetectedPeak(SkyPosition Position, double SqrtTs);
