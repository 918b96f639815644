namespace TsMapSurvey.Storage;

/// <param name="Found">What is in the store now: our manifest, or the winner's; null when it was deleted meanwhile.</param>
public sealed record CommitResult(CommitOutcome Outcome, StoredManifest? Found);
