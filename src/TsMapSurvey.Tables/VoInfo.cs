namespace TsMapSurvey.Tables;

/// <summary>An INFO element.</summary>
/// <param name="Text">Content of the element; null: none.</param>
/// <param name="HasId">Whether the name is its XML ID too, by which Simple Cone Search finds an error.</param>
public sealed record VoInfo(string Name, string Value, string? Text = null, bool HasId = false);
