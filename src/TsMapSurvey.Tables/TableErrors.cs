namespace TsMapSurvey.Tables;

/// <summary>All exceptions of this library. Each message says what was found and what was expected.</summary>
internal static class TableErrors
{
    private const int ShownCharacters = 200;

    public static TableException UnknownFormat(string option, string path, IEnumerable<string> endings) =>
        new($"{option}: found {path}, expected a name that ends with {string.Join(", ", endings)}");

    public static TableException NotInParts(TableFormat format, IEnumerable<TableFormat> known) =>
        new($"format: found {format}, expected one of {string.Join(", ", known)}");

    public static TableException Unreadable(string kind, string found) => new($"{kind}: {Shown(found)}");

    public static TableException NotText(string kind) => new($"{kind}: found bytes that are no UTF-8 text");

    public static TableException TooManyRows(string kind, int max) => new($"{kind}: found more than {max} rows, expected at most {max}");

    public static TableException TooManyColumns(string kind, int max) =>
        new($"{kind}: found more than {max} columns, expected at most {max}");

    public static TableException TooLongCell(string kind, int row, int max) =>
        new($"{kind}, row {row}: found a value of more than {max} characters, expected at most {max}");

    public static TableException RepeatedColumn(string kind, string name) =>
        new($"{kind}: found the column '{Shown(name)}' twice, expected each name once (case does not matter)");

    public static TableException WrongWidth(string kind, int row, int found, int expected) =>
        new($"{kind}, row {row}: found {found} values, expected {expected}, as many as there are columns");

    public static TableException UnknownForm(string kind, string found, string expected) =>
        new($"{kind}: found {Shown(found)}, expected {expected}");

    private static string Shown(string text)
    {
        var printable = new string([.. text.Take(ShownCharacters).Select(c => char.IsControl(c) ? ' ' : c)]);
        return printable.Length > ShownCharacters - 1 ? printable + "..." : printable;
    }
}
