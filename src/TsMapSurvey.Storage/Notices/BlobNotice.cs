namespace TsMapSurvey.Storage.Notices;

/// <summary>What an event of Event Grid says of a blob.</summary>
/// <param name="Id">Its sender's; null where it has none.</param>
public sealed record BlobNotice(string? Id, BlobNoticeKind Kind)
{
    /// <summary>Of the blob; "" unless Created.</summary>
    public string Container { get; init; } = "";

    /// <summary>The blob's full name; "" unless Created. Any text: nobody has checked it.</summary>
    public string Blob { get; init; } = "";

    /// <summary>To be sent back; "" unless Validation.</summary>
    public string ValidationCode { get; init; } = "";

    /// <summary>What was found and what was expected; "" unless Unreadable.</summary>
    public string Fault { get; init; } = "";

    /// <summary>
    /// Whether it is of the store's container. Accounts are not compared, since one has many addresses; a folder takes every container for
    /// its own.
    /// </summary>
    public bool IsIn(IBlobStore store) =>
        !Uri.TryCreate(store.Description, UriKind.Absolute, out var place) || place.IsFile || place.Segments[^1] == Container;
}
