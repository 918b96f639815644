using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

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

    public static void Line(string text) => System.Console.Out.WriteLine(text);

    /// <summary>A table that keeps its rows whole where stdout is no terminal.</summary>
    public static void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.Minimal);
        foreach (var column in columns) table.AddColumn(new TableColumn(Markup.Escape(column)).NoWrap());
        foreach (var row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Out) });
        if (System.Console.IsOutputRedirected) console.Profile.Width = 240;
        console.Write(table);
    }
}
