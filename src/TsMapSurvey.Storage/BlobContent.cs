namespace TsMapSurvey.Storage;

/// <summary>A whole small blob, all bytes of one version, and the ETag of that version.</summary>
public sealed record BlobContent(ReadOnlyMemory<byte> Bytes, string ETag);
