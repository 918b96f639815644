namespace TsMapSurvey.Simulation;

/// <param name="Recovered">Sources with a peak, in the order of significance.</param>
/// <param name="Missed">Sources without one.</param>
/// <param name="Spurious">Peaks at no source.</param>
/// <param name="Further">Peaks at a source that a stronger peak was taken for: parts of an extended source, or the same one in another
/// map.</param>
public sealed record MatchReport(
    IReadOnlyList<RecoveredSource> Recovered, IReadOnlyList<SourceTruth> Missed, IReadOnlyList<DetectedPeak> Spurious,
        IReadOnlyList<DetectedPeak> Further);
