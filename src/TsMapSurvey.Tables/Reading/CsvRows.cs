using System.Text;

namespace TsMapSurvey.Tables.Reading;

/// <summary>
/// Reads comma-separated text (RFC 4180) whose first line has the names. Lines that begin with # are comments; those of ECSV may state
/// another delimiter. Empty lines are skipped.
/// </summary>
internal static class CsvRows
{
    private const string Kind = "CSV";
    private const string Ecsv = "%ECSV";
    private const string DelimiterKey = "delimiter:";

    public static RowTable Read(string text, RowLimits limits)
    {
        var (delimiter, at) = Header(text);
        RowColumn[]? columns = null;
        var rows = new List<string[]>();
        var cells = new List<string>();
        while (at < text.Length)
        {
            if (text[at] == '#' && columns is null)
            {
                at = AfterLine(text, at);
                continue;
            }

            cells.Clear();
            at = Line(text, at, delimiter, cells, rows.Count + 1, limits);
            if (cells is [""]) continue;
            if (columns is null)
            {
                columns = [.. cells.Select(name => new RowColumn(name.Trim()))];
                continue;
            }

            if (cells.Count != columns.Length) throw TableErrors.WrongWidth(Kind, rows.Count + 1, cells.Count, columns.Length);
            if (rows.Count == limits.MaxRows) throw TableErrors.TooManyRows(Kind, limits.MaxRows);
            rows.Add([.. cells]);
        }

        return new RowTable(columns ?? throw TableErrors.Unreadable(Kind, "found no line with the columns' names"), rows);
    }

    /// <summary>The delimiter: a comma, or what the header of ECSV states (by default a space).</summary>
    private static (char Delimiter, int Start) Header(string text)
    {
        if (!text.StartsWith('#') || !text.AsSpan(0, AfterLine(text, 0)).Contains(Ecsv, StringComparison.Ordinal)) return (',', 0);
        var (delimiter, at) = (' ', 0);
        while (at < text.Length && text[at] == '#')
        {
            var end = AfterLine(text, at);
            var line = text.AsSpan(at, end - at);
            var key = line.IndexOf(DelimiterKey, StringComparison.Ordinal);
            if (key >= 0 && line[(key + DelimiterKey.Length)..].Trim().Trim('\'').Trim('"') is [',']) delimiter = ',';
            at = end;
        }

        return (delimiter, at);
    }

    private static int AfterLine(string text, int at)
    {
        var end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end + 1;
    }

    /// <summary>Reads the values of a line; returns where the next line begins.</summary>
    private static int Line(string text, int at, char delimiter, List<string> cells, int row, RowLimits limits)
    {
        var cell = new StringBuilder();
        var (isQuoted, wasQuoted) = (false, false);
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (isQuoted)
            {
                if (c != '"') cell.Append(c);
                else if (at + 1 < text.Length && text[at + 1] == '"') cell.Append(text[++at]);
                else isQuoted = false;
            }
            else if (c == '"' && cell.Length == 0 && !wasQuoted) (isQuoted, wasQuoted) = (true, true);
            else if (c == delimiter) Add();
            else if (c == '\n') break;
            else if (c != '\r') cell.Append(c);
            if (cell.Length > limits.MaxCellCharacters) throw TableErrors.TooLongCell(Kind, row, limits.MaxCellCharacters);
        }

        if (isQuoted) throw TableErrors.Unreadable(Kind, $"row {row} has a quotation mark that is not closed");
        Add();
        return Math.Min(at + 1, text.Length);

        void Add()
        {
            if (cells.Count == limits.MaxColumns) throw TableErrors.TooManyColumns(Kind, limits.MaxColumns);
            cells.Add(cell.ToString());
            cell.Clear();
            wasQuoted = false;
        }
    }
}
