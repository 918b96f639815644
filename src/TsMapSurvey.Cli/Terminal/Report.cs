using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TsMapSurvey.Server.Hosting;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>What a command found, on stdout: for people, or with --json for programs.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Width of what goes into a pipe or a file, unless COLUMNS says another.</summary>
    private const int UsualWidth = 80;

    /// <summary>Behind a line that goes on.</summary>
    private const string Indent = "  ";

    public static Option<bool> JsonOption() => new("--json") { Description = "Print machine-readable JSON" };

    public static Option<bool> WideOption() => new("--wide") { Description = "Show every column, each row on one line" };

    /// <summary>Characters of a line: of the terminal, else COLUMNS, else 80.</summary>
    public static int Width => !System.Console.IsOutputRedirected && System.Console.WindowWidth > 0 ? System.Console.WindowWidth
        : int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns)
            && columns > 0 ? columns
        : UsualWidth;

    public static void Json(object value) => System.Console.Out.WriteLine(JsonSerializer.Serialize(value, Options));

    public static void Line(string text) => System.Console.Out.WriteLine(PrintableText.Of(text));

    /// <summary>What to know of the result, on stderr.</summary>
    public static void Warning(string text) => System.Console.Error.WriteLine($"tsmap: warning: {PrintableText.Of(text)}");

    /// <summary>Text that goes on, indented, in the next line where it is longer than <see cref="Width"/>.</summary>
    public static void Paragraph(string text)
    {
        var lines = TextTable.Wrapped(text, Math.Max(1, Width - Indent.Length)).ToArray();
        for (var i = 0; i < lines.Length; i++) Line(i == 0 ? lines[i] : Indent + lines[i]);
    }

    /// <summary>What is UTF-8 already.</summary>
    public static void Text(byte[] text) => System.Console.Out.WriteLine(Encoding.UTF8.GetString(text));

    /// <summary>
    /// Some columns of a table, or with <paramref name="wide"/> all, with their units below their names; those it does not have are left
    /// out.
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

    /// <summary>A table as wide as <see cref="Width"/> allows.</summary>
    /// <param name="wide">Each row on one line, however long.</param>
    public static void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, bool wide = false)
    {
        IReadOnlyList<string>[] all = [.. rows.Select(row => row.Select(PrintableText.Of).ToArray())];
        TextTable.Write(System.Console.Out, columns, all, wide ? int.MaxValue : Width);
    }

    /// <summary>A number in as few digits as tables need.</summary>
    public static string Number(double number) => double.IsNaN(number) ? ""
        : Math.Abs(number) is >= 1 and < 1e5
            ? number.ToString("0.####", CultureInfo.InvariantCulture) : number.ToString("g4", CultureInfo.InvariantCulture);

    private static string Cell(object value) => value switch
    {
        double number => Number(number),
        bool truth => truth ? "yes" : "no",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
