using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Storage;

/// <summary>
/// The durable state of a survey's tiles: manifests and checkpoints. A checkpoint never changes once it is there; the manifest alone says
/// what is valid.
/// </summary>
public sealed partial class TileStore
{
    private readonly IBlobStore _blobs;
    private readonly SurveyLayout _layout;

    public TileStore(IBlobStore blobs, string survey) => (_blobs, _layout) = (blobs, new SurveyLayout(survey));

    /// <summary>An id that no other commit has: 32 hexadecimal digits.</summary>
    public static string NewCommitId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The tiles that have a manifest, in order of their names.</summary>
    public async IAsyncEnumerable<string> ListTilesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in _blobs.ListAsync(_layout.Tiles, cancellationToken).ConfigureAwait(false))
            if (_layout.TileOf(entry.Name) is { } tile) yield return tile;
    }

    /// <summary>The manifest, or what has become of it: a damaged one has an ETag too, which its replacement has to match.</summary>
    /// <exception cref="StorageException">LaterVersion: it is no damage, and must not be replaced.</exception>
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
    /// Replaces the manifest if it is still the version of <paramref name="expectedETag"/> (null: if there is none). When the store's
    /// answer is lost or is "no", the manifest is read again: with our commit id in it we had succeeded. Where the version expected is
    /// still there, the very same write, fenced by the same condition, is tried once more: whichever of the two arrives, it takes effect
    /// once.
    /// </summary>
    /// <exception cref="StorageException">The outcome is unknown: drop what is in memory and start again from the store.</exception>
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
