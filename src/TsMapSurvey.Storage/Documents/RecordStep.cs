namespace TsMapSurvey.Storage.Documents;

/// <summary>One state change of an observation.</summary>
/// <param name="Reason">The cause, unless it is obvious.</param>
public sealed record RecordStep(RecordState State, DateTimeOffset At, string? Reason);
