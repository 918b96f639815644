namespace TsMapSurvey.Storage;

/// <summary>One observation in a stack: identity is name (relative to the survey's prefix) and ETag.</summary>
public sealed record LedgerEntry(string Observation, string ETag);
