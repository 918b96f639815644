namespace TsMapSurvey.Storage.Notices;

/// <summary>An Event Grid event about a blob.</summary>
/// <param name="Id">The sender's id; null if it has none.</param>
public sealed record BlobNotice(string? Id, BlobNoticeKind Kind)
{
    /// <summary>The blob's container; "" unless Created.</summary>
    public string Container { get; init; } = "";

    /// <summary>The blob's full name; "" unless Created. Unchecked text of the sender.</summary>
    public string Blob { get; init; } = "";

    /// <summary>The code to send back; "" unless Validation.</summary>
    public string ValidationCode { get; init; } = "";

    /// <summary>What was found and what was expected; "" unless Unreadable.</summary>
    public string Fault { get; init; } = "";

    /// <summary>
    /// Whether the event is about the store's container. Accounts are not compared, since an account has many addresses. A folder store
    /// accepts every container.
    /// </summary>
    public bool IsIn(IBlobStore store) =>
        !Uri.TryCreate(store.Description, UriKind.Absolute, out var place) || place.IsFile || place.Segments[^1] == Container;
}
