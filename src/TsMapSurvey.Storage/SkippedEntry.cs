namespace TsMapSurvey.Storage;

/// <summary>Something in a store that is no blob, though it has a blob's name.</summary>
/// <param name="Name">As a blob's.</param>
/// <param name="Reason">What it is, as "a symbolic link, which is not followed".</param>
public sealed record SkippedEntry(string Name, string Reason);
