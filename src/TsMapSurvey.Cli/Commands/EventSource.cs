using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Events;
using TsMapSurvey.Events.Reading;
using TsMapSurvey.Fits;

namespace TsMapSurvey.Cli.Commands;

/// <summary>An observation in a file of its own, or named by an index of files.</summary>
/// <param name="Place">File, or index and observation, for messages.</param>
/// <param name="Alone">The file, if it has a file of its own.</param>
internal sealed record EventSource(string Place, Func<EventObservation> Read, string? Alone = null)
{
    private static readonly string[] Endings = [".fits", ".fits.gz", ".fit", ".fit.gz", ".fts", ".fts.gz"];

    /// <summary>The observations of files, indices and folders, in the order given. A folder stands for its index of HDUs, or for its files
    /// with events if it has none.</summary>
    /// <param name="only">OBS_ID of the observations to take from an index; empty for all.</param>
    /// <param name="root">The folder that the paths of an index must not leave; null for the folder of the index.</param>
    public static IReadOnlyList<EventSource> Of(IEnumerable<string> paths, IReadOnlyCollection<long> only, string? root)
    {
        var sources = new List<EventSource>();
        foreach (var path in paths)
            if (Directory.Exists(path)) sources.AddRange(OfFolder(path, only, root));
            else sources.AddRange(OfFile(InputFile.Check(path), only, root));
        foreach (var missing in only.Where(id =>
            !sources.Any(source => source.Place.EndsWith($"observation {id}", StringComparison.Ordinal))))
            throw CliErrors.Wrong("--observation", $"{missing}", "an observation of the index");
        return sources;
    }

    /// <summary>Whether it has events and none of the responses that they need.</summary>
    public bool HasOnlyEvents()
    {
        if (Alone is null) return false;
        using var file = FitsFile.Open(Alone, EventFile.Limits);
        return EventFile.IsOne(file) && !EventFile.HasResponses(file);
    }

    private static IEnumerable<EventSource> OfFolder(string folder, IReadOnlyCollection<long> only, string? root)
    {
        string[] files = [.. Directory.EnumerateFiles(folder).Where(IsFits).Order(StringComparer.Ordinal)];
        if (files.FirstOrDefault(IndexOnDisk.HasName) is { } index)
            return OfFile(index, only, root);
        string[] events = [.. files.Where(IsEvents)];
        return events.Length > 0 ? events.Select(file => new EventSource(file, () => EventFile.Read(file), file))
            : throw CliErrors.NoEvents(folder);
    }

    private static IEnumerable<EventSource> OfFile(string path, IReadOnlyCollection<long> only, string? root)
    {
        if (IndexOnDisk.TryRead(path, root) is not { } index) return [new EventSource(path, () => EventFile.Read(path), path)];
        return [.. index.Observations.Where(id => only.Count == 0 || only.Contains(id)).Select(id =>
            new EventSource($"{index.Place}, observation {id}", () => index.Read(id)))];
    }

    private static bool IsFits(string path) => Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static bool IsEvents(string path)
    {
        using var file = FitsFile.Open(path, EventFile.Limits);
        return EventFile.IsOne(file);
    }
}
