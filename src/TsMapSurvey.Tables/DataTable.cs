namespace TsMapSurvey.Tables;

/// <summary>A table to be given away, in any of the formats of <see cref="TableFormat"/>.</summary>
/// <param name="Name">Of the HDU or the VOTable.</param>
/// <param name="Columns">All of one length; positions are ICRS.</param>
/// <param name="Meta">What belongs to the table as a whole: text, double, long or bool by keywords of at most eight capitals.</param>
public sealed record DataTable(
    string Name, string Description, IReadOnlyList<TableColumn> Columns, IReadOnlyList<(string Key, object Value)> Meta)
{
    public int RowCount => Columns[0].Values.Length;
}
