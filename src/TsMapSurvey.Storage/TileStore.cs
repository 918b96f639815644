using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Storage;

/// <summary>
/// Durable state of a survey's tiles: manifests and checkpoints. Checkpoints are immutable; only the manifest says which one is valid.
/// </summary>
public sealed partial class TileStore
{
    private readonly IBlobStore _blobs;
    private readonly SurveyLayout _layout;

    public TileStore(IBlobStore blobs, string survey) => (_blobs, _layout) = (blobs, new SurveyLayout(survey));

    /// <summary>A unique id of 32 hexadecimal digits.</summary>
    public static string NewCommitId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The tiles that have a manifest, in ordinal order.</summary>
    public async IAsyncEnumerable<string> ListTilesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in _blobs.ListAsync(_layout.Tiles, cancellationToken).ConfigureAwait(false))
            if (_layout.TileOf(entry.Name) is { } tile) yield return tile;
    }

    /// <summary>Reads the manifest. For a damaged one the result has the damage, and the ETag that a replacing write must match.</summary>
    /// <exception cref="StorageException">LaterVersion: the manifest is not damaged and must not be replaced.</exception>
    public async Task<FoundManifest> FindManifestAsync(string tile, CancellationToken cancellationToken)
    {
        var name = _layout.Tile(tile).Manifest;
        if (await _blobs.ReadAsync(name, cancellationToken).ConfigureAwait(false) is not { } content)
            return new FoundManifest(null, null, null);
        try
        {
            return new FoundManifest(content.ETag, TileManifest.Parse(content.Bytes.Span, _blobs.Description, name, tile), null);
        }
        catch (StorageException e) when (e.Error == StorageError.Damaged)
        {
            return new FoundManifest(content.ETag, null, e);
        }
    }

    /// <summary>
    /// Replaces the manifest if its version is still <paramref name="expectedETag"/> (null: if there is none). After a refusal or a lost
    /// answer the manifest is read: if it has our commit id, we succeeded. If it still is the expected version, the same write is sent
    /// once more; its condition ensures that at most one of the two takes effect.
    /// </summary>
    /// <exception cref="StorageException">The outcome is unknown: discard the state in memory and start again from the store.</exception>
    public async Task<CommitResult> CommitAsync(TileManifest manifest, string? expectedETag, CancellationToken cancellationToken)
    {
        var name = _layout.Tile(manifest.Tile).Manifest;
        var content = manifest.Format();
        var condition = expectedETag is null ? WriteCondition.IfAbsent : WriteCondition.IfMatch(expectedETag);
        for (var lastTry = false; ; lastTry = true)
        {
            StorageException? unknown = null;
            try
            {
                var result = await _blobs.WriteAsync(name, content, condition, cancellationToken).ConfigureAwait(false);
                if (result.Written) return new CommitResult(CommitOutcome.Committed, new StoredManifest(manifest, result.ETag!));
            }
            catch (StorageException e) when (e.IsRetryable)
            {
                unknown = e;
            }

            var found = await FindManifestAsync(manifest.Tile, cancellationToken).ConfigureAwait(false);
            if (found.Manifest?.CommitId == manifest.CommitId) return new CommitResult(CommitOutcome.Committed, found.Stored);
            if (found.ETag != expectedETag) return new CommitResult(CommitOutcome.LostRace, found.Damage is null ? found.Stored : null);
            if (lastTry) throw unknown ?? StorageErrors.Changed(_blobs.Description, name, expectedETag, found.ETag);
        }
    }
}
