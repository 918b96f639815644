using System.Globalization;

namespace TsMapSurvey.Storage.Layout;

/// <summary>A revision at the start of a file name: ten digits, then '-' or '.'.</summary>
public static class RevisionName
{
    internal const int Digits = 10;

    internal static string Of(long revision)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(revision);
        return revision.ToString("D10", CultureInfo.InvariantCulture);
    }

    /// <summary>Null if the name does not start with a revision.</summary>
    /// <param name="file">The name without its folder.</param>
    public static long? Find(ReadOnlySpan<char> file) =>
        file.Length > Digits && file[Digits] is '-' or '.'
        && long.TryParse(file[..Digits], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;
}
