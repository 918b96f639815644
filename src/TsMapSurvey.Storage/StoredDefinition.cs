namespace TsMapSurvey.Storage;

/// <summary>A definition's text, and the ETag that its replacement has to match.</summary>
public sealed record StoredDefinition(string Json, string ETag);
