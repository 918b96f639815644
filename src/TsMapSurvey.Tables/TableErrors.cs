namespace TsMapSurvey.Tables;

/// <summary>All exceptions of this library. Each message says what was found and what was expected.</summary>
internal static class TableErrors
{
    public static TableException UnknownFormat(string option, string path, IEnumerable<string> endings) =>
        new($"{option}: found {path}, expected a name that ends with {string.Join(", ", endings)}");
}
