namespace TsMapSurvey.Storage;

/// <summary>A blob's metadata.</summary>
/// <param name="Name">Segments joined by '/', as <see cref="BlobName"/> allows them.</param>
/// <param name="ETag">Opaque. Every write changes it, even one of the same content.</param>
/// <param name="Length">Bytes.</param>
/// <param name="LastModified">UTC.</param>
public sealed record BlobEntry(string Name, string ETag, long Length, DateTimeOffset LastModified)
{
    /// <summary>MD5 of the content in base64 where the store keeps it (Azure), else null.</summary>
    public string? ContentMd5 { get; init; }
}
