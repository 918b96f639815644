using System.Globalization;
using System.Text;

namespace TsMapSurvey.Tables;

/// <summary>Comma-separated values: a line with the column names, then the rows. NaN is an empty cell.</summary>
internal static class CsvTable
{
    public static byte[] Head(DataTable table) =>
        Encoding.UTF8.GetBytes(string.Join(',', table.Columns.Select(column => column.Name)) + "\n");

    public static byte[] Rows(DataTable table)
    {
        var text = new StringBuilder();
        for (var row = 0; row < table.RowCount; row++)
            text.AppendJoin(',', table.Columns.Select(column => Cell(column.Values, row))).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Cell(Array values, int row) => values switch
    {
        double[] numbers => Number(numbers[row]),
        long[] integers => integers[row].ToString(CultureInfo.InvariantCulture),
        bool[] flags => flags[row] ? "true" : "false",
        var texts => Quoted(((string[])texts)[row]),
    };

    private static string Number(double value) => double.IsNaN(value) ? ""
        : double.IsInfinity(value) ? value > 0 ? "inf" : "-inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
