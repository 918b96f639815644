using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Storage;

/// <summary>A manifest and the ETag that the next commit must match.</summary>
public sealed record StoredManifest(TileManifest Manifest, string ETag);
