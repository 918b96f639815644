namespace TsMapSurvey.Tables;

/// <summary>Every failure of this library, with found and expected.</summary>
internal static class TableErrors
{
    public static TableException UnknownFormat(string option, string path, IEnumerable<string> endings) =>
        new($"{option}: found {path}, expected a name that ends with {string.Join(", ", endings)}");
}
