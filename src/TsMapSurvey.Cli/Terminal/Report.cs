using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;
using TsMapSurvey.Maps.Tables;
using TsMapSurvey.Server;
using TableColumn = TsMapSurvey.Maps.Tables.TableColumn;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>What a command found, on stdout: for people, or with --json for programs.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static Option<bool> JsonOption() => new("--json") { Description = "Print machine-readable JSON" };

    public static void Json(object value) => System.Console.Out.WriteLine(JsonSerializer.Serialize(value, Options));

    public static void Line(string text) => System.Console.Out.WriteLine(PrintableText.Of(text));

    /// <summary>What to know of the result, on stderr.</summary>
    public static void Warning(string text) => System.Console.Error.WriteLine($"tsmap: warning: {PrintableText.Of(text)}");

    /// <summary>What is UTF-8 already.</summary>
    public static void Text(byte[] text) => System.Console.Out.WriteLine(Encoding.UTF8.GetString(text));

    /// <summary>Some columns of a table, with their units below their names; those it does not have are left out.</summary>
    public static void Table(DataTable table, IEnumerable<string> columns)
    {
        TableColumn[] shown = [.. columns.Select(name => table.Columns.FirstOrDefault(column => column.Name == name)).OfType<TableColumn>()];
        Table(
            [.. shown.Select(column => $"{column.Name}\n{column.Unit}")],
            Enumerable.Range(0, table.RowCount).Select(row => (IReadOnlyList<string>)[.. shown.Select(column => Cell(column.Values.GetValue(row)!))]));
    }

    /// <summary>A table that keeps its rows whole where stdout is no terminal.</summary>
    public static void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Spectre.Console.Table().Border(TableBorder.Minimal);
        foreach (var column in columns) table.AddColumn(new Spectre.Console.TableColumn(Markup.Escape(column)).NoWrap());
        foreach (var row in rows) table.AddRow([.. row.Select(cell => Markup.Escape(PrintableText.Of(cell)))]);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Out) });
        if (System.Console.IsOutputRedirected) console.Profile.Width = 240;
        console.Write(table);
    }

    private static string Cell(object value) => value switch
    {
        double number => double.IsNaN(number) ? "" : Math.Abs(number) is >= 1 and < 1e5 ? number.ToString("0.####", CultureInfo.InvariantCulture) : number.ToString("g4", CultureInfo.InvariantCulture),
        bool truth => truth ? "yes" : "no",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
