using System.Globalization;

namespace TsMapSurvey.Storage.Directories;

/// <summary>A file's version: its last write time, which each of our writes increases, and its length.</summary>
internal static class FileVersion
{
    public static string ETag(DateTime lastWriteUtc, long length) =>
        string.Create(CultureInfo.InvariantCulture, $"{lastWriteUtc.Ticks:x}-{length:x}");
}
