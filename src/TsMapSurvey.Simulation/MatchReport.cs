namespace TsMapSurvey.Simulation;

/// <param name="Recovered">Sources with a peak, by descending significance of the peak.</param>
/// <param name="Missed">Sources without a peak.</param>
/// <param name="Spurious">Peaks without a source.</param>
/// <param name="Further">Additional peaks near a source that is matched with a stronger peak: parts of an extended source, or the same
/// source in another map.</param>
public sealed record MatchReport(
    IReadOnlyList<RecoveredSource> Recovered, IReadOnlyList<SourceTruth> Missed, IReadOnlyList<DetectedPeak> Spurious,
        IReadOnlyList<DetectedPeak> Further);
