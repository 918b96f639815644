namespace TsMapSurvey.Tables;

/// <summary>A table that can be written in any format of <see cref="TableFormat"/>.</summary>
/// <param name="Name">Name of the HDU or the VOTable.</param>
/// <param name="Columns">At least one column, all of the same length; positions are ICRS.</param>
/// <param name="Meta">Metadata of the table: string, double, long or bool, by keywords of at most eight capital letters.</param>
public sealed record DataTable(
    string Name, string Description, IReadOnlyList<TableColumn> Columns, IReadOnlyList<(string Key, object Value)> Meta)
{
    public int RowCount => Columns[0].Values.Length;
}
