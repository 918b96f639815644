using System.IO.Compression;

namespace TsMapSurvey.Fits.Tests;

/// <summary>The tile-compressed files of this folder; write_compressed.py creates them.</summary>
internal static class CompressedFiles
{
    public static string Script => Path("write_compressed.py");

    public static string Path(string name) => Repository.Path("tests", "TsMapSurvey.Fits.Tests", "Compression", name);

    /// <summary>Reads a file, decompressed if its name ends in .gz. Opened from these bytes, it is read by range.</summary>
    public static byte[] Read(string name)
    {
        if (!name.EndsWith(".gz", StringComparison.Ordinal)) return File.ReadAllBytes(Path(name));
        using var gzip = new GZipStream(File.OpenRead(Path(name)), CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }

    public static FitsFile Open(string name) => FitsFile.Open(new MemoryStream(Read(name)), name);
}
