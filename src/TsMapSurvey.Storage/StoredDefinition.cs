namespace TsMapSurvey.Storage;

/// <summary>A definition's text, and the ETag that a replacing write must match.</summary>
public sealed record StoredDefinition(string Json, string ETag);
