using System.Globalization;
using System.IO.Compression;

namespace TsMapSurvey.Testing;

/// <summary>
/// A store that an earlier build wrote, kept below the tests: its blobs by their names, the large ones that are not gzip themselves as gzip
/// under one ending more, and beside them when each was written, which a checkout does not keep and versions are made of.
/// </summary>
public sealed class KeptStore(string folder)
{
    private const string TimesFile = "times.txt";
    private const string Folded = ".gz";
    private const string HiddenFolder = ".tsmap";
    private const int Large = 4096;

    /// <summary>Of November 2026: one survey, <c>old</c>; its maker is a test of the server.</summary>
    public static KeptStore Of2026 { get; } = new(Repository.Path("tests", "TsMapSurvey.Server.Tests", "Stores", "2026-11"));

    /// <summary>Where it lies, with what belongs to it.</summary>
    public string Folder => folder;

    /// <summary>The names of its blobs.</summary>
    public IEnumerable<string> Names => Times.Select(file => file.Name);

    private IEnumerable<(long Ticks, string Name)> Times =>
        File.ReadLines(Path.Combine(folder, TimesFile)).Select(line => line.Split(' ', 2))
            .Select(parts => (long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]));

    /// <summary>A blob as it was written.</summary>
    public byte[] Read(string name)
    {
        var kept = Path.Combine(folder, "store", name);
        if (File.Exists(kept)) return File.ReadAllBytes(kept);
        using var plain = new MemoryStream();
        using (var unfolding = new GZipStream(File.OpenRead(kept + Folded), CompressionMode.Decompress)) unfolding.CopyTo(plain);
        return plain.ToArray();
    }

    /// <summary>Makes a store of it: with the times that its files had, or with those of now.</summary>
    public void CopyTo(string store, bool keepsTimes = true)
    {
        foreach (var (ticks, name) in Times)
        {
            var copy = Path.Combine(store, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, Read(name));
            if (keepsTimes) File.SetLastWriteTimeUtc(copy, new DateTime(ticks, DateTimeKind.Utc));
        }
    }

    /// <summary>Keeps a store, in place of what was kept.</summary>
    public void Keep(string store)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        var times = new List<string>();
        foreach (var file in Directory.GetFiles(store, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(store, file).Replace('\\', '/');
            if (name.StartsWith(HiddenFolder, StringComparison.Ordinal)) continue;
            var kept = Path.Combine(folder, "store", name);
            Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
            Write(file, kept);
            times.Add(string.Create(CultureInfo.InvariantCulture, $"{File.GetLastWriteTimeUtc(file).Ticks} {name}"));
        }

        File.WriteAllLines(Path.Combine(folder, TimesFile), times);
    }

    private static void Write(string file, string kept)
    {
        if (new FileInfo(file).Length <= Large || file.EndsWith(Folded, StringComparison.Ordinal))
        {
            File.Copy(file, kept);
            return;
        }

        using var gzip = new GZipStream(File.Create(kept + Folded), CompressionLevel.SmallestSize);
        gzip.Write(File.ReadAllBytes(file));
    }
}
