namespace TsMapSurvey.Storage;

public sealed partial class TileStore
{
    /// <summary>
    /// Writes the immutable checkpoint that the manifest of this revision and commit will name. To be repeated with the same arguments and
    /// content, or given up; the content must be seekable.
    /// </summary>
    /// <returns>The blob's full name, for <see cref="TileManifest.Checkpoint"/>.</returns>
    public async Task<string> WriteCheckpointAsync(string tile, long revision, string commitId, Stream content, CancellationToken cancellationToken)
    {
        BlobName.CheckSegment(commitId);
        var name = $"{CheckpointsOf(tile)}{Digits(revision)}-{commitId}.ckpt";
        await ImmutableBlobs.PutAsync(_blobs, name, content, cancellationToken).ConfigureAwait(false);
        return name;
    }

    /// <summary>The checkpoint that a manifest names, seekable; null where it names none.</summary>
    /// <exception cref="StorageException">NotFound, when it names one that is not there.</exception>
    public async Task<Stream?> OpenCheckpointAsync(TileManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.Checkpoint is not { } name) return null;
        return await _blobs.OpenReadAsync(name, null, cancellationToken).ConfigureAwait(false)
            ?? throw StorageException.NotFound(_blobs.Description, name);
    }

    /// <summary>
    /// Deletes the checkpoints older than the one that the committed manifest names, and how many that were. Younger ones are left: a writer
    /// may be about to commit a manifest that names them.
    /// </summary>
    public async Task<int> PruneCheckpointsAsync(TileManifest committed, CancellationToken cancellationToken)
    {
        if (committed.Checkpoint is not { } kept) return 0;
        var folder = CheckpointsOf(committed.Tile);
        var older = new List<string>();
        await foreach (var entry in _blobs.ListAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            var digits = Math.Min(kept.Length, folder.Length + 10);
            if (string.CompareOrdinal(entry.Name, 0, kept, 0, digits) >= 0) break;
            older.Add(entry.Name);
        }

        var deleted = 0;
        foreach (var name in older)
            if (await _blobs.DeleteAsync(name, WriteCondition.Always, cancellationToken).ConfigureAwait(false)) deleted++;
        return deleted;
    }

    private string CheckpointsOf(string tile) => TileRoot(tile) + "checkpoints/";
}
