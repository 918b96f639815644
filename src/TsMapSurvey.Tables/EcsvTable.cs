using System.Globalization;
using System.Text;

namespace TsMapSurvey.Tables;

/// <summary>Enhanced character-separated values 1.0 (Aldcroft 2014, APE 6): a YAML header in comments, then comma-separated rows.</summary>
internal static class EcsvTable
{
    public static byte[] Head(DataTable table)
    {
        var text = new StringBuilder("# %ECSV 1.0\n# ---\n# delimiter: ','\n# datatype:\n");
        foreach (var column in table.Columns)
        {
            text.Append("# - {name: ").Append(column.Name);
            if (column.Unit is { } unit) text.Append(", unit: ").Append(unit);
            text.Append(", datatype: ").Append(Type(column)).Append(", description: ").Append(Quoted(column.Description));
            if (column.Ucd is { } ucd) text.Append(", meta: !!omap [{ucd: ").Append(Quoted(ucd)).Append("}]");
            text.Append("}\n");
        }

        text.Append("# meta: !!omap\n# - {description: ").Append(Quoted(table.Description)).Append("}\n");
        foreach (var (key, value) in table.Meta) text.Append("# - {").Append(key).Append(": ").Append(Yaml(value)).Append("}\n");
        text.Append("# schema: astropy-2.0\n").AppendJoin(',', table.Columns.Select(column => column.Name)).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static byte[] Rows(DataTable table)
    {
        var text = new StringBuilder();
        for (var row = 0; row < table.RowCount; row++)
            text.AppendJoin(',', table.Columns.Select(column => Cell(column.Values, row))).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Type(TableColumn column) =>
        column.Values switch { double[] => "float64", long[] => "int64", bool[] => "bool", _ => "string" };

    private static string Cell(Array values, int row) => values switch
    {
        double[] numbers => Number(numbers[row]),
        long[] integers => integers[row].ToString(CultureInfo.InvariantCulture),
        bool[] flags => flags[row] ? "True" : "False",
        var texts => $"\"{((string[])texts)[row].Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
    };

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture)
        : double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    private static string Yaml(object value) => value switch
    {
        string text => Quoted(text),
        bool flag => flag ? "true" : "false",
        // YAML 1.1 reads 3E-13 as text.
        double number => number.ToString("0.0###############e+00", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal).ReplaceLineEndings(" ")}'";
}
