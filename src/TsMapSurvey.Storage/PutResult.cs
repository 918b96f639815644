namespace TsMapSurvey.Storage;

/// <param name="Entry">The observation as it is in the store now; its name is relative to the prefix.</param>
public sealed record PutResult(PutOutcome Outcome, BlobEntry Entry);
