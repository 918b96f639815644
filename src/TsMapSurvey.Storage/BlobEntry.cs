namespace TsMapSurvey.Storage;

/// <summary>What a store knows about a blob without reading it.</summary>
/// <param name="Name">Segments joined by '/', as <see cref="BlobName"/> allows them.</param>
/// <param name="ETag">Opaque; another one whenever the blob is written, also with the same content.</param>
/// <param name="Length">Bytes.</param>
/// <param name="LastModified">UTC.</param>
public sealed record BlobEntry(string Name, string ETag, long Length, DateTimeOffset LastModified)
{
    /// <summary>MD5 of the content in base64 where the store keeps one (Azure), else null.</summary>
    public string? ContentMd5 { get; init; }
}
