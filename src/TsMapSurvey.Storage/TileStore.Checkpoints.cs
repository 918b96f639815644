using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Storage;

public sealed partial class TileStore
{
    /// <summary>
    /// Writes the immutable checkpoint that the manifest of this revision and commit will name. The call may be repeated with the same
    /// arguments and content. The content must be seekable.
    /// </summary>
    /// <returns>The blob's full name, for <see cref="TileManifest.Checkpoint"/>.</returns>
    public async Task<string> WriteCheckpointAsync(
        string tile, long revision, string commitId, Stream content, CancellationToken cancellationToken)
    {
        var name = _layout.Tile(tile).Checkpoint(revision, commitId);
        await ImmutableBlobs.PutAsync(_blobs, name, content, cancellationToken).ConfigureAwait(false);
        return name;
    }

    /// <summary>The checkpoint that a manifest names, seekable; null if it names none.</summary>
    /// <exception cref="StorageException">NotFound: the named checkpoint does not exist.</exception>
    public async Task<Stream?> OpenCheckpointAsync(TileManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.Checkpoint is not { } name) return null;
        return await _blobs.OpenReadAsync(name, null, cancellationToken).ConfigureAwait(false)
            ?? throw StorageErrors.NotFound(_blobs.Description, name);
    }

    /// <summary>
    /// Deletes the checkpoints that no manifest can name any more, with their ledgers, and returns the number of blobs deleted. Up to the
    /// committed revision only the checkpoint that the manifest names is needed; the others are of writers that lost a race. A checkpoint
    /// of a newer revision may be about to be committed, so it is deleted only if older than <paramref name="orphansBefore"/>.
    /// </summary>
    public async Task<int> PruneCheckpointsAsync(TileManifest committed, DateTimeOffset orphansBefore, CancellationToken cancellationToken)
    {
        var folder = _layout.Tile(committed.Tile).Checkpoints;
        var kept = committed.Checkpoint is { } named ? TileLayout.StemOf(named) : null;
        var dead = new List<string>();
        await foreach (var entry in _blobs.ListAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            var isKept = kept is not null && entry.Name.StartsWith(kept, StringComparison.Ordinal);
            if (!isKept && RevisionName.Find(entry.Name.AsSpan(folder.Length)) is { } revision
                && (revision <= committed.Revision || entry.LastModified < orphansBefore))
                dead.Add(entry.Name);
        }

        var deleted = 0;
        foreach (var name in dead)
            if (await _blobs.DeleteAsync(name, WriteCondition.Always, cancellationToken).ConfigureAwait(false)) deleted++;
        return deleted;
    }

    /// <summary>The full names of a tile's checkpoints, oldest first, including those that were never committed.</summary>
    public async Task<IReadOnlyList<string>> ListCheckpointsAsync(string tile, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var entry in _blobs.ListAsync(_layout.Tile(tile).Checkpoints, cancellationToken).ConfigureAwait(false))
            if (TileLayout.IsCheckpoint(entry.Name)) names.Add(entry.Name);
        return names;
    }

    /// <summary>The newest revision of the tile's published maps, stacks and coverages; 0 if there are none.</summary>
    public Task<long> FindNewestPublishedAsync(string tile, CancellationToken cancellationToken) =>
        FindNewestAsync(_layout.PublishedBy(tile), cancellationToken);

    /// <summary>The newest revision in the names of the tile's checkpoints, committed or not; 0 if there are none.</summary>
    public Task<long> FindNewestCheckpointAsync(string tile, CancellationToken cancellationToken) =>
        FindNewestAsync([_layout.Tile(tile).Checkpoints], cancellationToken);

    private async Task<long> FindNewestAsync(string[] folders, CancellationToken cancellationToken)
    {
        var newest = 0L;
        foreach (var folder in folders)
            await foreach (var entry in _blobs.ListAsync(folder, cancellationToken).ConfigureAwait(false))
                if (RevisionName.Find(entry.Name.AsSpan(entry.Name.LastIndexOf('/') + 1)) is { } revision)
                    newest = long.Max(newest, revision);
        return newest;
    }
}
