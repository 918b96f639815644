namespace TsMapSurvey.Tables.Reading;

/// <summary>Limits of a table from outside, checked while it is read.</summary>
public sealed record RowLimits(int MaxRows)
{
    public int MaxColumns { get; init; } = 1000;

    /// <summary>Longest text of a value, a name or a unit.</summary>
    public int MaxCellCharacters { get; init; } = 10_000;
}
