using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Cli.Commands;

/// <summary>An observation to upload: a file as it is, or a file that is joined of those that an index names.</summary>
/// <param name="Name">Its name in the store.</param>
/// <param name="File">The file; for a joined one that of its events.</param>
/// <param name="Join">Writes the joined file to a path; null for a file as it is.</param>
internal sealed record PutSource(string Name, string File, Action<string>? Join)
{
    private const string ListStart = "obs-index";

    /// <summary>
    /// The observations of files. An index of HDUs (by its name, hdu-index...) stands for the observations that it names and whose events
    /// are there; lists of observations (obs-index...) are left out.
    /// </summary>
    /// <param name="root">The folder that the paths of an index must not leave; null for the folder of the index.</param>
    /// <param name="absent">The number of observations of indices that have no file here.</param>
    public static IReadOnlyList<PutSource> Of(IReadOnlyList<string> paths, string? root, out int absent)
    {
        var sources = new Dictionary<string, PutSource>(StringComparer.Ordinal);
        absent = 0;
        foreach (var path in paths.Where(IndexOnDisk.HasName))
        {
            var index = IndexOnDisk.TryRead(path, root) ?? throw CliErrors.NoIndex(path);
            foreach (var id in index.Observations)
            {
                var files = index.Files(id);
                if (files.Count == 0 || !System.IO.File.Exists(files[0])) absent++;
                else Add(new PutSource(
                    Path.GetFileName(files[0]), Path.GetFullPath(files[0]), files.Count == 1 ? null : target => index.Join(id, target)));
            }
        }

        foreach (var path in paths.Where(path => !IndexOnDisk.HasName(path)
            && !Path.GetFileName(path).StartsWith(ListStart, StringComparison.OrdinalIgnoreCase)))
            Add(new PutSource(Path.GetFileName(path), Path.GetFullPath(path), null));
        var wrong = sources.Values.Where(source => !ObservationStore.IsObservation(source.Name)).ToArray();
        return wrong.Length == 0 ? [.. sources.Values] : throw CliErrors.Usage(
            [.. wrong.Select(source => $"{source.File}: expected a name that ends with {ObservationStore.NamesExpected}")]);

        // A file that an index names may be given too.
        void Add(PutSource source)
        {
            if (!sources.TryAdd(source.Name, source) && sources[source.Name].File != source.File)
                throw CliErrors.Usage([$"{source.Name}: found 2 files, {sources[source.Name].File} and {source.File}, expected one; "
                    + "its name is the observation's"]);
        }
    }

    public async Task<PutResult> PutAsync(ObservationStore store, CancellationToken cancellationToken)
    {
        if (Join is null) return await store.PutAsync(File, Name, null, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("tsmap-put-");
        try
        {
            var joined = Path.Combine(folder.FullName, Name);
            Join(joined);
            return await store.PutAsync(joined, Name, null, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
