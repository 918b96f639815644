namespace TsMapSurvey.Tables.Reading;

/// <summary>A column of a table that was read.</summary>
/// <param name="Unit">As in the file; null if it states none.</param>
/// <param name="Ucd">The kind of quantity; null if the file states none.</param>
public sealed record RowColumn(string Name, string? Unit = null, string? Ucd = null);
