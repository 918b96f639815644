using Spectre.Console;

namespace TsMapSurvey.Cli.Terminal;

/// <summary>
/// A table of at most a given width in characters. If it is too wide, its widest columns are wrapped, at blanks if that suffices,
/// otherwise within words. Nothing is cut off.
/// </summary>
internal static class TextTable
{
    /// <summary>One blank before, between and after the columns; a second one between them where there is room.</summary>
    private const int Separator = 1;

    /// <summary>Longer headings are wrapped.</summary>
    private const int HeadingWidth = 9;

    public static void Write(TextWriter output, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, int width)
    {
        string[][] cells = [.. columns.Select((column, i) => (string[])[Heading(column), .. rows.Select(row => row[i])])];
        int[] natural = [.. cells.Select(column => column.Max(LongestLine))];
        int[] words = [.. cells.Select(column => column.Max(LongestWord))];
        var padding = words.Sum(length => length + Separator + 1) + Separator <= width ? 1 : 0;
        var widths = Narrowed(natural, words, width - columns.Count * (Separator + padding) - Separator);
        var table = new Table().Border(TableBorder.Simple);
        // Spectre would cut off a heading given as a string.
        for (var i = 0; i < columns.Count; i++)
            table.AddColumn(new TableColumn(new Markup(Markup.Escape(Heading(columns[i]))))
            { Width = widths[i], Padding = new Padding(0, 0, padding, 0) });
        foreach (var row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
        using var text = new StringWriter();
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), ColorSystem = ColorSystemSupport.NoColors };
        var console = AnsiConsole.Create(settings);
        // Spectre draws an ellipsis instead of a table that is wider than its profile.
        console.Profile.Width = widths.Sum(column => column + Separator + padding) + Separator;
        console.Write(table);
        foreach (var line in text.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0))
            output.WriteLine(line);
    }

    /// <summary>Text in lines of at most the given width, broken at blanks; a longer word gets a line of its own.</summary>
    public static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }

    /// <summary>Narrows the widest column until all fit: first down to the longest word, then further.</summary>
    private static int[] Narrowed(int[] natural, int[] words, int room)
    {
        int[] widths = [.. natural];
        foreach (var least in new[] { words, [.. words.Select(_ => 1)] })
        {
            while (widths.Sum() > room)
            {
                var narrower = Enumerable.Range(0, widths.Length).Where(i => widths[i] > least[i]).ToArray();
                if (narrower.Length == 0) break;
                widths[narrower.MaxBy(i => widths[i])]--;
            }
        }

        return widths;
    }

    private static string Heading(string text) => string.Join('\n', text.Split('\n').SelectMany(line => Wrapped(line, HeadingWidth)));

    private static int LongestLine(string text) => text.Split('\n').Max(line => line.Length);

    private static int LongestWord(string text) => text.Split('\n', ' ').Max(word => word.Length);
}
