namespace TsMapSurvey.Storage;

/// <summary>A store's notification that a blob may be new or changed. It may be doubled, late or wrong.</summary>
/// <param name="Name">Null after notifications were lost: any blob may have changed.</param>
/// <param name="IsComplete">
/// Whether the content was complete when the blob got this name, because a file was renamed. Otherwise a program may still be writing it.
/// </param>
public readonly record struct BlobHint(string? Name, bool IsComplete = false);
