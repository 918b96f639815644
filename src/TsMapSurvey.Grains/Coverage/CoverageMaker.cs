using System.IO.Hashing;
using System.Text;
using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Grains.Mosaics;
using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Grains.Coverage;

/// <summary>
/// Merges the coverages that tiles have published, and the times in the observations' records, and publishes the results. A blob's name has
/// the sum of the tiles' revisions and a hash of everything that determines the content.
/// </summary>
internal sealed class CoverageMaker(SurveySetup setup, IGrainFactory grains, TimeProvider time)
{
    /// <summary>Times are rounded to cells of 1.05 s, outwards.</summary>
    private const int TimeOrder = 41;

    /// <summary>A coverage is coarsened until it has at most this number of ranges.</summary>
    private const int MaxSpaceRanges = 1 << 18;

    /// <summary>A space-time coverage is coarsened until it has at most this number of ranges, of 16 bytes.</summary>
    private const int MaxRanges = 1 << 20;

    private const int ReadersAtOnce = 16;

    private PublishedFolder Folder(string what, SliceWindow? window) => setup.Layout.Mosaics(null, what, 0, window?.ToStored());

    /// <summary>Returns the name of the survey's coverage, and the tiles that could not be read.</summary>
    public async Task<(string Blob, Moc? Region, IReadOnlyList<MissingTile> Missing)> SpaceAsync(
        IReadOnlyList<StackTicket> tiles, SliceWindow? window, bool mustRead, CancellationToken cancellationToken)
    {
        var folder = Folder("coverage", window);
        var name = NameOf(folder, tiles, []);
        if (!mustRead && await setup.Blobs.FindAsync(name, cancellationToken) is not null) return (name, null, []);
        var read = await BoundedCalls.AllAsync(tiles, ReadersAtOnce, async (tile, token) =>
            await RestoredTiles.ReadAsync(grains.Tile(setup.Name, tile.Tile), tile.Blob, () => ReadAsync(tile, token), token),
            cancellationToken);
        var lost = tiles.Zip(read).Where(item => item.Second.Fault is not null).ToArray();
        if (lost.Length > 0)
        {
            var lostTiles = lost.Select(item => item.First).ToHashSet();
            name = NameOf(folder, [.. tiles.Where(tile => !lostTiles.Contains(tile))], []);
        }

        var order = ExposureCoverage.OrderFor(setup.Survey.Tiling.PixelScaleDeg);
        var region = await Task.Run(() => Moc.UnionOf(read.Select(one => one.Value).OfType<Moc>(), order).Within(MaxSpaceRanges),
            cancellationToken);
        await PublishAsync(folder, name, writer => MocFile.Write(writer, region), cancellationToken);
        return (name, region, [.. lost.Select(item => new MissingTile(item.First.Tile, item.Second.Fault!))]);
    }

    /// <summary>Returns the name of the survey's coverage by time.</summary>
    /// <param name="records">The observations in the tiles' stacks.</param>
    public async Task<(string Blob, IReadOnlyList<MissingTile> Missing)> SpaceTimeAsync(
        IReadOnlyList<StackTicket> tiles, IReadOnlyList<ObservationRecord> records, SliceWindow? window,
        CancellationToken cancellationToken)
    {
        var folder = Folder("coverage-times", window);
        var name = NameOf(folder, tiles, records);
        if (await setup.Blobs.FindAsync(name, cancellationToken) is not null) return (name, []);
        var (_, region, missing) = await SpaceAsync(tiles, window, mustRead: true, cancellationToken);
        if (missing.Count > 0)
        {
            var lost = missing.Select(tile => tile.Tile).ToHashSet(StringComparer.Ordinal);
            name = NameOf(folder, [.. tiles.Where(tile => !lost.Contains(tile.Tile))], records);
        }

        var moc = await Task.Run(() => Merge(records, region!), cancellationToken);
        await PublishAsync(folder, name, writer => MocFile.Write(writer, moc), cancellationToken);
        return (name, missing);
    }

    /// <summary>The records' regions are coarse: what is outside the survey's own coverage is cut off.</summary>
    private static SpaceTimeMoc Merge(IReadOnlyList<ObservationRecord> records, Moc region)
    {
        for (var order = region.Order; ; order--)
        {
            var within = region.Degrade(order);
            var parts = from record in records
                        let covered = record.Coverage!
                        let cells = MocAscii.Parse(covered.Region).Intersect(within)
                        select new SpaceTimePart([.. covered.Times.Select(TcbOf).Where(times => times.End > times.First)], cells);
            var moc = SpaceTimeMoc.Of(parts, TimeOrder, order);
            if (moc.RangeCount <= MaxRanges || order == 0) return moc;
        }
    }

    private static CellRange TcbOf(RecordedTime recorded) =>
        new(TimeScale.TcbMicroseconds(recorded.StartS), TimeScale.TcbMicroseconds(recorded.StopS));

    private async Task<Moc?> ReadAsync(StackTicket tile, CancellationToken cancellationToken)
    {
        if (tile.Blob is null) return null;
        var content = await setup.Blobs.ReadAsync(tile.Blob, cancellationToken)
            ?? throw ServiceErrors.Damaged(tile.Blob, "nothing", $"the published coverage of tile {tile.Tile}");
        using var file = FitsFile.Open(new MemoryStream(content.Bytes.ToArray()), tile.Blob);
        file.EnsureIntact();
        return MocFile.Read(file);
    }

    private static string NameOf(
        PublishedFolder folder, IReadOnlyList<StackTicket> tiles, IReadOnlyList<ObservationRecord> records)
    {
        var text = new StringBuilder();
        foreach (var tile in tiles.OrderBy(tile => tile.Tile, StringComparer.Ordinal))
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{tile.Tile} {tile.Revision} {tile.CommittedAt?.UtcTicks}\n");
        foreach (var record in records.OrderBy(record => record.Name, StringComparer.Ordinal))
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{record.Name} {record.Generation} {record.Hash}\n");
        var hash = Convert.ToHexStringLower(XxHash64.Hash(Encoding.UTF8.GetBytes(text.ToString())));
        return folder.Mosaic(tiles.Sum(tile => tile.Revision), hash, "fits");
    }

    private async Task PublishAsync(PublishedFolder folder, string name, Action<FitsWriter> write, CancellationToken cancellationToken)
    {
        await folder.PublishAsync(setup.Blobs, time.GetUtcNow(), async () =>
        {
            using var content = new MemoryStream();
            await Task.Run(() => WriteTo(content, write), cancellationToken);
            content.Position = 0;
            await ImmutableBlobs.PutAsync(setup.Blobs, name, content, cancellationToken);
            return name;
        }, cancellationToken);
        await folder.SweepAsync(setup.Blobs, time.GetUtcNow(), cancellationToken);
    }

    private static void WriteTo(MemoryStream content, Action<FitsWriter> write)
    {
        using var writer = new FitsWriter(content, leaveOpen: true);
        write(writer);
    }
}
