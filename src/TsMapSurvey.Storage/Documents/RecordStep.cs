namespace TsMapSurvey.Storage.Documents;

/// <summary>A step of an observation's life.</summary>
/// <param name="Reason">Why, where that is not plain.</param>
public sealed record RecordStep(RecordState State, DateTimeOffset At, string? Reason);
