namespace TsMapSurvey.Storage;

/// <summary>An entry in a store that has a blob's name but is not a blob.</summary>
/// <param name="Name">In the form of a blob's name.</param>
/// <param name="Reason">What it is, for example "a symbolic link, which is not followed".</param>
public sealed record SkippedEntry(string Name, string Reason);
