using System.Globalization;

namespace TsMapSurvey.Storage;

public sealed partial class TileStore
{
    /// <summary>Publishes a map of a revision. The first to publish one wins; its bytes stay, whoever computes the same map again.</summary>
    /// <returns>The blob's full name.</returns>
    public async Task<string> WriteMapAsync(string tile, string map, long revision, Stream content, CancellationToken cancellationToken)
    {
        var name = MapBlob(tile, map, revision);
        await ImmutableBlobs.PutAsync(_blobs, name, content, cancellationToken).ConfigureAwait(false);
        return name;
    }

    /// <summary>Null where this revision's map was not published, or is pruned.</summary>
    public Task<Stream?> OpenMapAsync(string tile, string map, long revision, CancellationToken cancellationToken) =>
        _blobs.OpenReadAsync(MapBlob(tile, map, revision), null, cancellationToken);

    /// <summary>The newest revision that a map is published of; null where there is none.</summary>
    public async Task<long?> FindNewestMapAsync(string tile, string map, CancellationToken cancellationToken)
    {
        long? newest = null;
        await foreach (var (revision, _) in MapsOfAsync(tile, map, cancellationToken).ConfigureAwait(false)) newest = revision;
        return newest;
    }

    /// <summary>Deletes the published maps of revisions before <paramref name="oldestKept"/>, and how many that were.</summary>
    public async Task<int> PruneMapsAsync(string tile, string map, long oldestKept, CancellationToken cancellationToken)
    {
        var older = new List<string>();
        await foreach (var (revision, name) in MapsOfAsync(tile, map, cancellationToken).ConfigureAwait(false))
            if (revision < oldestKept) older.Add(name);
        var deleted = 0;
        foreach (var name in older)
            if (await _blobs.DeleteAsync(name, WriteCondition.Always, cancellationToken).ConfigureAwait(false)) deleted++;
        return deleted;
    }

    private async IAsyncEnumerable<(long Revision, string Name)> MapsOfAsync(
        string tile, string map, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = MapFolder(tile, map);
        await foreach (var entry in _blobs.ListAsync(folder, cancellationToken).ConfigureAwait(false))
            if (entry.Name.EndsWith(".fits", StringComparison.Ordinal)
                && long.TryParse(entry.Name.AsSpan(folder.Length..^5), NumberStyles.None, CultureInfo.InvariantCulture, out var revision))
                yield return (revision, entry.Name);
    }

    /// <summary>The full name of the blob that a map of a revision is published as.</summary>
    public string MapBlob(string tile, string map, long revision) => $"{MapFolder(tile, map)}{Digits(revision)}.fits";

    private string MapFolder(string tile, string map)
    {
        BlobName.CheckSegment(tile);
        BlobName.CheckSegment(map);
        return $"{_root}maps/{tile}/{map}/";
    }
}
