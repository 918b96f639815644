namespace TsMapSurvey.Storage;

/// <param name="Found">The manifest in the store now: ours, or the winner's. Null if it was deleted in the meantime or is damaged.</param>
public sealed record CommitResult(CommitOutcome Outcome, StoredManifest? Found);
