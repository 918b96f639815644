using System.Globalization;

namespace TsMapSurvey.Storage.Layout;

/// <summary>A revision at the beginning of a file's name: ten digits, then '-' or '.'.</summary>
public static class RevisionName
{
    private const int Digits = 10;

    internal static string Of(long revision)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(revision);
        return revision.ToString("D10", CultureInfo.InvariantCulture);
    }

    /// <summary>Null for a name that does not begin with a revision.</summary>
    /// <param name="file">The name without the folder that it is in.</param>
    public static long? Find(ReadOnlySpan<char> file) =>
        file.Length > Digits && file[Digits] is '-' or '.'
        && long.TryParse(file[..Digits], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;
}
