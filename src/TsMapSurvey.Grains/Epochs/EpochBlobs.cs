using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Epochs;

/// <summary>
/// The sums of a tile's nights as blobs, <c>surveys/S/tiles/TILE/epochs/EPOCH/DIGEST.ckpt</c>: checkpoints named by what is in them, so that no manifest has to say
/// which is valid, and two writers of one write the same.
/// </summary>
internal sealed class EpochBlobs(SurveySetup setup, TileId tile)
{
    private const string Ending = ".ckpt";
    private readonly string _root = $"{SurveySetup.RootOf(setup.Name)}tiles/{tile}/epochs/";

    /// <summary>The longest beginning of a night that is stored and can be read, else an empty one.</summary>
    public async Task<EpochStack> ReadAsync(EpochLedger night, MapDataset template, CancellationToken cancellationToken)
    {
        var found = new List<(int Count, string Name)>();
        await foreach (var entry in setup.Blobs.ListAsync(FolderOf(night.Epoch), cancellationToken))
            if (night.CountOf(Path.GetFileNameWithoutExtension(entry.Name)) is { } count) found.Add((count, entry.Name));
        foreach (var (count, name) in found.OrderByDescending(blob => blob.Count))
            if (await ReadAsync(name, count, template, cancellationToken) is { } sum) return new EpochStack(sum, count, night.DigestOf(count));
        return new EpochStack(new DatasetStack(setup.Survey.GridWithHalo(tile), template), 0, night.DigestOf(0));
    }

    public async Task WriteAsync(int epoch, EpochStack stack, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await Task.Run(() => stack.Sum.Write(content), cancellationToken);
        content.Position = 0;
        await ImmutableBlobs.PutAsync(setup.Blobs, $"{FolderOf(epoch)}{stack.Digest}{Ending}", content, cancellationToken);
        stack.Stored = stack.Count;
    }

    /// <summary>Deletes all but the longest beginning of each of these nights.</summary>
    public async Task SweepAsync(IEnumerable<EpochLedger> nights, CancellationToken cancellationToken)
    {
        var byEpoch = nights.ToDictionary(night => night.Epoch);
        var found = new List<(EpochLedger? Night, int? Count, string Name)>();
        await foreach (var entry in setup.Blobs.ListAsync(_root, cancellationToken))
        {
            var night = int.TryParse(entry.Name[_root.Length..].Split('/')[0], out var epoch) ? byEpoch.GetValueOrDefault(epoch) : null;
            found.Add((night, night?.CountOf(Path.GetFileNameWithoutExtension(entry.Name)), entry.Name));
        }

        var kept = found.Where(blob => blob.Count is not null).GroupBy(blob => blob.Night).Select(blobs => blobs.MaxBy(blob => blob.Count).Name).ToHashSet(StringComparer.Ordinal);
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
                var sum = await Task.Run(() => DatasetStack.Read(stream, name, setup.Survey.GridWithHalo(tile), template), cancellationToken);
                if (sum.ObservationCount == count) return sum;
            }
        }
        catch (Exception bad) when (bad is FitsException or MapException or StorageException { Error: StorageError.NotFound })
        {
        }

        // What is damaged would stand in the way of the blob of the same name that is about to be made.
        await setup.Blobs.DeleteAsync(name, WriteCondition.Always, cancellationToken);
        return null;
    }

    private string FolderOf(int epoch) => $"{_root}{epoch:D6}/";
}
