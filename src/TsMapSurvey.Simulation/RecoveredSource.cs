namespace TsMapSurvey.Simulation;

public sealed record RecoveredSource(SourceTruth Source, DetectedPeak Peak, double SeparationDeg);
