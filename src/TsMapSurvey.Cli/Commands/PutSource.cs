using TsMapSurvey.Storage;

namespace TsMapSurvey.Cli.Commands;

/// <summary>An observation to upload: a file as it is, or a file that is joined of those that an index names.</summary>
/// <param name="Name">Its name in the store.</param>
/// <param name="Path">The file; for a joined one that of its events.</param>
/// <param name="Join">Writes the joined file to a path; null for a file as it is.</param>
internal sealed record PutSource(string Name, string Path, Action<string>? Join)
{
    public static PutSource Of(string path, Action<string>? join) =>
        new(System.IO.Path.GetFileName(path), System.IO.Path.GetFullPath(path), join);

    public async Task<PutResult> PutAsync(ObservationStore store, CancellationToken cancellationToken)
    {
        if (Join is null) return await store.PutAsync(Path, Name, null, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("tsmap-put-");
        try
        {
            var joined = System.IO.Path.Combine(folder.FullName, Name);
            Join(joined);
            return await store.PutAsync(joined, Name, null, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
