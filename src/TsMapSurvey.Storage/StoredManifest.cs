using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Storage;

/// <summary>A manifest as found, and the ETag that the next commit has to match.</summary>
public sealed record StoredManifest(TileManifest Manifest, string ETag);
