using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace TsMapSurvey.Storage;

/// <summary>
/// The durable state of a survey's tiles, laid out as <c>surveys/SURVEY/tiles/TILE/manifest.json</c>,
/// <c>surveys/SURVEY/tiles/TILE/checkpoints/REVISION-COMMIT.ckpt</c> and <c>surveys/SURVEY/maps/TILE/MAP/REVISION.fits</c> (REVISION in
/// ten digits, so that names sort by it). Checkpoints and maps never change once they are there; the manifest alone says what is valid.
/// </summary>
public sealed partial class TileStore
{
    private const string ManifestName = "manifest.json";
    private readonly IBlobStore _blobs;
    private readonly string _root;

    public TileStore(IBlobStore blobs, string survey)
    {
        BlobName.CheckSegment(survey);
        _blobs = blobs;
        _root = $"surveys/{survey}/";
    }

    /// <summary>An id that no other commit has: 32 hexadecimal digits.</summary>
    public static string NewCommitId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The tiles that have a manifest, in order of their names.</summary>
    public async IAsyncEnumerable<string> ListTilesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tiles = _root + "tiles/";
        await foreach (var entry in _blobs.ListAsync(tiles, cancellationToken).ConfigureAwait(false))
            if (entry.Name[tiles.Length..].Split('/') is [var tile, ManifestName]) yield return tile;
    }

    /// <summary>Null for a tile that nothing was ever committed to.</summary>
    /// <exception cref="StorageException">Damaged, when it is no manifest of this tile; LaterVersion.</exception>
    public async Task<StoredManifest?> ReadManifestAsync(string tile, CancellationToken cancellationToken) =>
        (await FindManifestAsync(tile, cancellationToken).ConfigureAwait(false)).Stored;

    /// <summary>The manifest, or what has become of it: a damaged one has an ETag too, which its replacement has to match.</summary>
    /// <exception cref="StorageException">LaterVersion: it is no damage, and must not be replaced.</exception>
    public async Task<FoundManifest> FindManifestAsync(string tile, CancellationToken cancellationToken)
    {
        var name = ManifestOf(tile);
        if (await _blobs.ReadAsync(name, cancellationToken).ConfigureAwait(false) is not { } content) return new FoundManifest(null, null, null);
        try
        {
            return new FoundManifest(content.ETag, ManifestJson.Parse(content.Bytes.Span, _blobs.Description, name, tile), null);
        }
        catch (StorageException e) when (e.Error == StorageError.Damaged)
        {
            return new FoundManifest(content.ETag, null, e);
        }
    }

    /// <summary>
    /// Replaces the manifest if it is still the version of <paramref name="expectedETag"/> (null: if there is none). When the store's answer
    /// is lost or is "no", the manifest is read again: with our commit id in it we had succeeded. Where the version expected is still there,
    /// the very same write, fenced by the same condition, is tried once more: whichever of the two arrives, it takes effect once.
    /// </summary>
    /// <exception cref="StorageException">The outcome is unknown: drop what is in memory and start again from the store.</exception>
    public async Task<CommitResult> CommitAsync(TileManifest manifest, string? expectedETag, CancellationToken cancellationToken)
    {
        var name = ManifestOf(manifest.Tile);
        var content = ManifestJson.Format(manifest);
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

    private string TileRoot(string tile)
    {
        BlobName.CheckSegment(tile);
        return $"{_root}tiles/{tile}/";
    }

    private string ManifestOf(string tile) => TileRoot(tile) + ManifestName;

    private static string Digits(long revision)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(revision);
        return revision.ToString("D10", CultureInfo.InvariantCulture);
    }
}
