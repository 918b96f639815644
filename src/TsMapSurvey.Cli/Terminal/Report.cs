using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TsMapSurvey.Server.Hosting;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>The result of a command on stdout, and its warnings on stderr.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private const int WidthInPipe = 80;
    private const string Indent = "  ";

    public static Option<bool> JsonOption() => new("--json") { Description = "Print machine-readable JSON" };

    public static Option<bool> WideOption() => new("--wide") { Description = "Show every column, each row on one line" };

    /// <summary>Characters in a line: those of the terminal; in a pipe or file those of the variable COLUMNS, else 80.</summary>
    public static int Width => !System.Console.IsOutputRedirected && System.Console.WindowWidth > 0 ? System.Console.WindowWidth
        : int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns)
            && columns > 0 ? columns
        : WidthInPipe;

    public static void Json(object value) => System.Console.Out.WriteLine(JsonSerializer.Serialize(value, Options));

    public static void Line(string text) => System.Console.Out.WriteLine(PrintableText.Of(text));

    public static void Warning(string text) => System.Console.Error.WriteLine($"tsmap: warning: {PrintableText.Of(text)}");

    /// <summary>Text wrapped at <see cref="Width"/>, with its further lines indented.</summary>
    public static void Paragraph(string text)
    {
        var lines = TextTable.Wrapped(text, Math.Max(1, Width - Indent.Length)).ToArray();
        for (var i = 0; i < lines.Length; i++) Line(i == 0 ? lines[i] : Indent + lines[i]);
    }

    public static void Utf8(byte[] text) => System.Console.Out.WriteLine(Encoding.UTF8.GetString(text));

    /// <summary>
    /// Those of the given columns that the table has, or with <paramref name="wide"/> all of its columns, with units below the names.
    /// </summary>
    public static void Table(DataTable table, IEnumerable<string> columns, bool wide)
    {
        TableColumn[] shown = wide ? [.. table.Columns]
            : [.. columns.Select(name => table.Columns.FirstOrDefault(column => column.Name == name)).OfType<TableColumn>()];
        Table(
            [.. shown.Select(column => $"{column.Name}\n{column.Unit}")],
            Enumerable.Range(0, table.RowCount)
                .Select(row => (IReadOnlyList<string>)[.. shown.Select(column => Cell(column.Values.GetValue(row)!))]), wide);
    }

    /// <param name="wide">Each row on one line, whatever its length.</param>
    public static void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, bool wide = false)
    {
        IReadOnlyList<string>[] all = [.. rows.Select(row => row.Select(PrintableText.Of).ToArray())];
        TextTable.Write(System.Console.Out, columns, all, wide ? int.MaxValue : Width);
    }

    /// <summary>A number with four significant digits or four decimals; nothing for NaN.</summary>
    public static string Number(double number) => double.IsNaN(number) ? ""
        : Math.Abs(number) is >= 1 and < 1e5
            ? number.ToString("0.####", CultureInfo.InvariantCulture) : number.ToString("g4", CultureInfo.InvariantCulture);

    private static string Cell(object value) => value switch
    {
        double number => Number(number),
        bool flag => flag ? "yes" : "no",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
