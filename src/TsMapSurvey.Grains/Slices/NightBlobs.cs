using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Grains.Slices;

/// <summary>
/// The stored sums of a tile's nights. The blobs are content-addressed, so that no manifest must name the valid ones, and concurrent
/// writers of one blob write the same content.
/// </summary>
internal sealed class NightBlobs(SurveySetup setup, TileId tile)
{
    private readonly TileLayout _layout = setup.Layout.Tile(tile.ToString());

    /// <summary>Reads the longest stored prefix of a night's observations; an empty sum if none can be read.</summary>
    public async Task<NightStack> ReadAsync(NightLedger night, MapDataset template, CancellationToken cancellationToken)
    {
        var found = new List<(int Count, string Name)>();
        await foreach (var entry in setup.Blobs.ListAsync(_layout.NightFolder(night.Number), cancellationToken))
            if (night.CountOf(_layout.NightOf(entry.Name).Digest) is { } count) found.Add((count, entry.Name));
        foreach (var (count, name) in found.OrderByDescending(blob => blob.Count))
            if (await ReadAsync(name, count, template, cancellationToken) is { } sum)
                return new NightStack(sum, count, night.DigestOf(count));
        return new NightStack(new DatasetStack(setup.Survey.GridWithHalo(tile), template), 0, night.DigestOf(0));
    }

    public async Task WriteAsync(int night, NightStack stack, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await Task.Run(() => stack.Sum.Write(content), cancellationToken);
        content.Position = 0;
        await ImmutableBlobs.PutAsync(setup.Blobs, _layout.Night(night, stack.Digest), content, cancellationToken);
        stack.Stored = stack.Count;
    }

    /// <summary>Deletes all blobs but the longest prefix of each of these nights.</summary>
    public async Task SweepAsync(IEnumerable<NightLedger> nights, CancellationToken cancellationToken)
    {
        var byNumber = nights.ToDictionary(night => night.Number);
        var found = new List<(NightLedger? Night, int? Count, string Name)>();
        await foreach (var entry in setup.Blobs.ListAsync(_layout.Nights, cancellationToken))
        {
            var (number, digest) = _layout.NightOf(entry.Name);
            var night = number is { } known ? byNumber.GetValueOrDefault(known) : null;
            found.Add((night, night?.CountOf(digest), entry.Name));
        }

        var kept = found.Where(blob => blob.Count is not null).GroupBy(blob => blob.Night)
            .Select(blobs => blobs.MaxBy(blob => blob.Count).Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (_, _, name) in found)
            if (!kept.Contains(name)) await setup.Blobs.DeleteAsync(name, WriteCondition.Always, cancellationToken);
    }

    private async Task<DatasetStack?> ReadAsync(string name, int count, MapDataset template, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await setup.Blobs.OpenReadAsync(name, null, cancellationToken);
            if (stream is null) return null;
            await using (stream)
            {
                var grid = setup.Survey.GridWithHalo(tile);
                var sum = await Task.Run(() => DatasetStack.Read(stream, name, grid, template), cancellationToken);
                if (sum.ObservationCount == count) return sum;
            }
        }
        catch (Exception exception) when (exception is FitsException or MapException or StorageException { Error: StorageError.NotFound })
        {
        }

        // Immutable blobs are not overwritten: a damaged one would prevent writing the new one of the same name.
        await setup.Blobs.DeleteAsync(name, WriteCondition.Always, cancellationToken);
        return null;
    }
}
