using System.Globalization;

namespace TsMapSurvey.Storage.Directories;

/// <summary>A file's version: its time of writing, which every write of ours moves on, and its length.</summary>
internal static class FileVersion
{
    public static string ETag(DateTime lastWriteUtc, long length) =>
        string.Create(CultureInfo.InvariantCulture, $"{lastWriteUtc.Ticks:x}-{length:x}");
}
