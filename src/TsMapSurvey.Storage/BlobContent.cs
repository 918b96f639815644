namespace TsMapSurvey.Storage;

/// <summary>A blob read into memory, and the ETag of the version that was read.</summary>
public sealed record BlobContent(ReadOnlyMemory<byte> Bytes, string ETag);
