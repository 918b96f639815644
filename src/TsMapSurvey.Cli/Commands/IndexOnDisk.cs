using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Events;
using TsMapSurvey.Events.Reading;
using TsMapSurvey.Fits;

namespace TsMapSurvey.Cli.Commands;

/// <summary>An index of HDUs with the files that it names, below a root folder.</summary>
internal sealed class IndexOnDisk
{
    private const string NameStart = "hdu-index";

    private readonly EventIndex _index;
    private readonly string _root;

    /// <summary>The index's own folder, from the root.</summary>
    private readonly string _folder;

    private IndexOnDisk(EventIndex index, string root, string folder) => (_index, _root, _folder) = (index, root, folder);

    public string Place => _index.Place;

    public IReadOnlyCollection<long> Observations => _index.Observations;

    /// <summary>Whether a file has the name of such an index.</summary>
    public static bool HasName(string path) => Path.GetFileName(path).StartsWith(NameStart, StringComparison.OrdinalIgnoreCase);

    /// <param name="root">The folder that the paths of the index must not leave; null for the folder of the index.</param>
    /// <returns>Null if the file is no index.</returns>
    public static IndexOnDisk? TryRead(string path, string? root)
    {
        using var file = FitsFile.Open(path, EventFile.Limits);
        if (!EventIndex.IsOne(file)) return null;
        var own = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var top = Path.GetFullPath(root ?? own);
        var folder = Path.GetRelativePath(top, own).Replace(Path.DirectorySeparatorChar, '/');
        if (folder.StartsWith("..", StringComparison.Ordinal)) throw CliErrors.Wrong("--root", top, $"a folder that contains {path}");
        return new IndexOnDisk(EventIndex.Read(file), top, folder == "." ? "" : folder);
    }

    public EventObservation Read(long observation) => _index.Read(observation, _folder, Open);

    /// <summary>The file with an observation's events; null if the index names none, or if it is not here.</summary>
    public string? FindEvents(long observation) =>
        _index.EventFileOf(observation, _folder) is { } name && PathOf(name) is var path && File.Exists(path) ? path : null;

    /// <summary>Whether one file has the events and all responses of an observation.</summary>
    public bool IsInOneFile(long observation) => _index.Files(observation, _folder).Count == 1;

    /// <summary>Writes an observation with its responses into one file.</summary>
    public void Join(long observation, string path) =>
        FitsWriter.Write(path, writer => _index.Join(observation, _folder, Open, writer));

    private FitsFile Open(string name) => FitsFile.Open(PathOf(name), EventFile.Limits);

    /// <summary>A file that is not in its folder may be beside the index, where a download put all files.</summary>
    private string PathOf(string name)
    {
        var (path, beside) = (Path.Combine(_root, name), Path.Combine(_root, _folder, Path.GetFileName(name)));
        return File.Exists(path) || !File.Exists(beside) ? path : beside;
    }
}
