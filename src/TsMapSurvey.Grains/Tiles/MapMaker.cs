using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// Computes a tile's maps and publishes them as immutable blobs: the FluxMaps of the tile's own pixels, then the facts about them. Belongs
/// to a grain; one map of a name is computed and published at a time.
/// </summary>
internal sealed class MapMaker(SurveySetup setup, TileId tile, StackMemory memory, GrainOptions options, TimeProvider time)
{
    private readonly string _tile = tile.ToString();
    private readonly OwnedRegion _owned = setup.Survey.OwnedPixels(tile);
    private readonly TileEstimates _estimates = new(memory);

    /// <summary>Number of pixels of a map.</summary>
    public long Pixels => _owned.Box.Area;

    /// <summary>
    /// Returns the newest facts of a map, or null if there are none. Damaged facts are deleted.
    /// </summary>
    /// <param name="slice">Null: the map of all observations.</param>
    /// <param name="dropped">Called with the name of each deleted blob.</param>
    public async Task<MapFacts?> FindNewestAsync(string map, string? slice, Action<string> dropped, CancellationToken cancellationToken)
    {
        var names = new Stack<string>();
        await foreach (var entry in setup.Blobs.ListAsync(setup.Layout.MapsOfSlice(_tile, map, slice), cancellationToken))
            if (PublishedFolder.IsDocument(entry.Name)) names.Push(entry.Name);
        foreach (var name in names)
        {
            if (await setup.Blobs.ReadAsync(name, cancellationToken) is not { } content) continue;
            if (MapFacts.Parse(content.Bytes.Span) is { } facts) return facts;
            dropped(name);
            await setup.Blobs.DeleteAsync(name, WriteCondition.IfMatch(content.ETag), cancellationToken);
        }

        return null;
    }

    /// <summary>Writes the facts of a published map, unless they exist.</summary>
    public Task WriteFactsAsync(MapFacts facts, CancellationToken cancellationToken) =>
        ImmutableBlobs.PutAsync(setup.Blobs, FactsBlob(facts), facts.Format(), cancellationToken);

    public string FactsBlob(MapFacts facts) => setup.Layout.Maps(_tile, facts.Map, facts.Window).Facts(facts.Revision);

    /// <summary>Computes a map, from the last one's estimate if there is one.</summary>
    public async Task<MadeMap> ComputeAsync(string map, FrozenStack frozen, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var earlier = _estimates.Take(KeyOf(map, frozen));
        var (made, emptyReason) = frozen.EmptyReason is { } reason
            ? (null, reason) : await Task.Run(() => Compute(map, earlier, frozen.Dataset, cancellationToken), cancellationToken);
        return new MadeMap(map, frozen, made, emptyReason, time.GetUtcNow(), time.GetElapsedTime(began));
    }

    /// <summary>Publishes a computed map. A map of the same revision that another activation published meanwhile is kept.</summary>
    public async Task<MapFacts> PublishAsync(MadeMap made, CancellationToken cancellationToken)
    {
        var folder = FolderOf(made.Map, made.Frozen);
        var all = made.Estimate?.Estimate.ToMaps();
        var maps = all?.Within(_owned);
        var describing = Task.Run(() => made.Describe(_tile, all, maps, setup.Survey.Maps[made.Map], _owned), CancellationToken.None);
        var blob = maps is null ? null : folder.Map(made.Frozen.Revision);
        var writing = blob is null ? Task.CompletedTask : PublishAsync(
            folder, blob, gzip: false, writer => FluxMapsFile.Write(writer, maps!, null), cancellationToken);
        await Task.WhenAll(describing, writing);
        var facts = (await describing) with { Blob = blob };
        await WriteFactsAsync(facts, cancellationToken);
        if (made.Estimate is not null) _estimates.Put(KeyOf(made.Map, made.Frozen), made.Estimate);
        return facts;
    }

    /// <summary>Deletes what a published map superseded, as far as the store allows.</summary>
    public Task SweepAsync(MadeMap made, CancellationToken cancellationToken) =>
        FolderOf(made.Map, made.Frozen).SweepAsync(setup.Blobs, time.GetUtcNow(), cancellationToken);

    /// <summary>Publishes the stack itself; returns the blob's full name.</summary>
    public async Task<string> ExportAsync(FrozenStack frozen, CancellationToken cancellationToken)
    {
        var folder = setup.Layout.Stacks(_tile, frozen.Window?.ToStored());
        var name = folder.Stack(frozen.Revision);
        if (await setup.Blobs.FindAsync(name, cancellationToken) is not null) return name;
        await PublishAsync(
            folder, name, gzip: true, writer => MapDatasetFile.Write(writer, frozen.Dataset, FitsElementType.Double), cancellationToken);
        await folder.SweepAsync(setup.Blobs, time.GetUtcNow(), cancellationToken);
        return name;
    }

    /// <summary>Publishes where the stack has exposure; returns the blob's full name.</summary>
    public async Task<string> CoverAsync(FrozenStack frozen, CancellationToken cancellationToken)
    {
        var folder = setup.Layout.Coverage(_tile, frozen.Window?.ToStored());
        var name = folder.Coverage(frozen.Revision);
        if (await setup.Blobs.FindAsync(name, cancellationToken) is not null) return name;
        var order = ExposureCoverage.OrderFor(setup.Survey.Tiling.PixelScaleDeg);
        await PublishAsync(
            folder, name, gzip: false, writer => MocFile.Write(writer, ExposureCoverage.OfStack(frozen.Dataset, _owned, order)),
            cancellationToken);
        await folder.SweepAsync(setup.Blobs, time.GetUtcNow(), cancellationToken);
        return name;
    }

    /// <summary>Drops the estimates that make the next maps cheaper.</summary>
    public void Release() => _estimates.Release();

    private (TileEstimate? Made, string? EmptyReason) Compute(
        string map, TileEstimate? earlier, MapDataset dataset, CancellationToken cancellationToken)
    {
        try
        {
            var estimator = new TsMapEstimator(setup.Survey.Maps[map] with { NJobs = options.ComputeThreads });
            var zones = setup.Survey.ZonesOf(dataset, estimator.Options);
            return (TileEstimate.Make(earlier, estimator, dataset, setup.Irfs, zones, _owned.Box, cancellationToken), null);
        }
        catch (MapException exception)
        {
            return (null, exception.Message);
        }
    }

    private Task<string> PublishAsync(
        PublishedFolder folder, string name, bool gzip, Action<FitsWriter> write, CancellationToken cancellationToken) =>
        folder.PublishAsync(setup.Blobs, time.GetUtcNow(), async () =>
        {
            using var content = BorrowedMemory.Open();
            await Task.Run(() => WriteTo(content, gzip, write), cancellationToken);
            await ImmutableBlobs.PutAsync(setup.Blobs, name, content, cancellationToken);
            return name;
        }, cancellationToken);

    private static void WriteTo(MemoryStream content, bool gzip, Action<FitsWriter> write)
    {
        using (var writer = new FitsWriter(content, gzip, leaveOpen: true)) write(writer);
        content.Position = 0;
    }

    private PublishedFolder FolderOf(string map, FrozenStack frozen) => setup.Layout.Maps(_tile, map, frozen.Window?.ToStored());

    private static string KeyOf(string map, FrozenStack frozen) =>
        frozen.Window is null ? map : GrainKeys.Of(map, frozen.Window.Slice);
}
