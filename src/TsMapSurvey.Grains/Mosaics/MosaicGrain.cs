using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Slices;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Grains.Mosaics;

/// <summary>
/// Assembles mosaics and candidate lists from what the tiles have published, one mosaic at a time. The answers name the tiles that cannot
/// answer.
/// </summary>
[CollectionAgeLimit(Minutes = 10)]
[SuppressMessage("Design", "CA1001", Justification = "holds no timer and no wait handle, so there is nothing to dispose")]
internal sealed partial class MosaicGrain(
    SurveyCatalog catalog, MosaicCanvases canvases, SiloMemory silo, TimeProvider time, ILogger<MosaicGrain> logger) : Grain, IMosaicGrain
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _making = new(1, 1);
    private readonly Dictionary<string, MapFacts> _facts = new(StringComparer.Ordinal);

    public async Task<MosaicTicket> Request(MosaicRequest request, CancellationToken cancellationToken)
    {
        var setup = await catalog.GetAsync(this.GetPrimaryKeyString(), cancellationToken);
        var mosaic = setup.Survey.Tiling as IMosaicGrid ?? throw ServiceErrors.NoMosaic(setup.Name);
        if (!QuantityNames.IsSummed(request.Quantity))
            request = request with { Quantity = setup.Survey.FindQuantity(setup.Survey.FindMap(request.Map), request.Quantity) };
        var tiles = await TileTickets.TilesAsync(GrainFactory, setup.Name, cancellationToken);
        var window = SliceWindows.Of(setup.Survey, request.Slice, tiles);
        // Without a window no night is known, and no tile has data for the slice.
        if (window is null && request.Slice != SliceWindow.All) tiles = [];
        var found = QuantityNames.IsOfStack(request.Quantity)
            ? await StackPartsAsync(setup, tiles, window, cancellationToken)
            : await MapPartsAsync(setup, tiles, request, window, cancellationToken);
        if (found.Items.Length == 0) return EmptyTicket(request, found, window);
        await _making.WaitAsync(cancellationToken);
        try
        {
            var maker = new MosaicMaker(setup, mosaic, canvases, GrainFactory, time);
            var bytes = maker.BytesOf(request.Quantity, await setup.TileBytesAsync(cancellationToken));
            using var admitted = await silo.Work.AdmitAsync($"the mosaic of survey {setup.Name}", bytes, cancellationToken);
            var made = await maker.MakeAsync(request, window, found.Items, cancellationToken);
            foreach (var tile in made.Missing) LogMissing(setup.Name, tile.Tile, tile.Reason);
            var (revision, missing) = (made.Parts.Sum(part => part.Revision), MissingTile.List([.. found.Missing, .. made.Missing]));
            var newest = found.Newest - (found.Items.Sum(part => part.Revision) - revision);
            if (made.Blob is null) return EmptyTicket(request, found with { Newest = newest, Missing = missing }, window);
            var state = request.Fresh && found.Pending > 0 ? TicketState.Computing : TicketState.Ready;
            var madeAt = made.Parts.Max(part => part.MadeAt);
            return new MosaicTicket(
                request.Map, request.Quantity, state, revision, newest, found.Pending, madeAt, made.Blob, null, window, missing);
        }
        finally
        {
            _making.Release();
        }
    }

    public async Task<CandidateList> Candidates(CandidateRequest request, CancellationToken cancellationToken)
    {
        var setup = await catalog.GetAsync(this.GetPrimaryKeyString(), cancellationToken);
        setup.Survey.FindMap(request.Map);
        var tiles = await TileTickets.TilesAsync(GrainFactory, setup.Name, cancellationToken);
        var window = SliceWindows.Of(setup.Survey, request.Slice, tiles);
        if (window is null && request.Slice != SliceWindow.All) tiles = [];
        var (tickets, missing) = await TileTickets.MapsAsync(
            GrainFactory, setup.Name, tiles, request.Map, window, request.Fresh, Bounded(request.Wait), time, cancellationToken);
        var usable = tickets.Where(TileTickets.IsUsable).ToArray();
        var published = usable.Where(ticket => ticket.Blob is not null).ToArray();
        var facts = await BoundedCalls.AllAsync(
            published, TileTickets.TilesAtOnce, (ticket, token) => FactsAsync(setup, ticket, token), cancellationToken);
        var lost = published.Zip(facts).Where(item => item.Second.Fault is not null).ToArray();
        MissingTile[] unread = [.. lost.Select(item => new MissingTile(item.First.Tile, item.Second.Fault!))];
        foreach (var tile in unread) LogMissing(setup.Name, tile.Tile, tile.Reason);
        var (items, next) = CandidateSearch.Find(
            setup.Survey.Tiling, facts.Select(one => one.Facts).OfType<MapFacts>(), request);
        var unreadRevisions = lost.Sum(item => item.First.Revision);
        return new CandidateList(
            request.Map, usable.Sum(ticket => ticket.Revision) - unreadRevisions,
                tickets.Sum(ticket => ticket.NewestRevision) - unreadRevisions,
            tickets.Count(ticket => ticket.Stale), usable.Max(ticket => ticket.ComputedAt), items, window,
            MissingTile.List([.. missing, .. unread]), next);
    }

    public async Task Restore(string blob, CancellationToken cancellationToken)
    {
        var survey = this.GetPrimaryKeyString();
        var layout = new SurveyLayout(survey);
        if (layout.PublisherOf(blob) is { } tile) await GrainFactory.Tile(survey, tile).Restore(blob, cancellationToken);
        if (!layout.IsMosaic(blob) && !layout.IsHips(blob)) return;
        var setup = await catalog.GetAsync(survey, cancellationToken);
        if (await DamagedBlobs.DropAsync(setup.Blobs, blob, cancellationToken)) LogDamaged(survey, blob);
    }

    private async Task<Parts> MapPartsAsync(SurveySetup setup, IReadOnlyList<TileSummary> tiles, MosaicRequest request,
        SliceWindow? window, CancellationToken cancellationToken)
    {
        var (tickets, missing) = await TileTickets.MapsAsync(
            GrainFactory, setup.Name, tiles, request.Map, window, request.Fresh, Bounded(request.Wait), time, cancellationToken);
        var parts = from ticket in tickets
                    where TileTickets.IsUsable(ticket)
                    select new MosaicPart(ticket.Tile, ticket.Revision, ticket.Blob, ticket.ComputedAt);
        return new Parts([.. parts], missing, tickets.Count(ticket => ticket.Stale), tickets.Sum(ticket => ticket.NewestRevision),
            tickets.Any(ticket => ticket.State == TicketState.Computing));
    }

    private async Task<Parts> StackPartsAsync(
        SurveySetup setup, IReadOnlyList<TileSummary> tiles, SliceWindow? window, CancellationToken cancellationToken)
    {
        var (tickets, missing) = await TileTickets.StacksAsync(GrainFactory, setup.Name, tiles, window, cancellationToken);
        var parts = from ticket in tickets
                    where ticket.Revision > 0
                    select new MosaicPart(ticket.Tile, ticket.Revision, ticket.Blob, ticket.CommittedAt);
        return new Parts([.. parts], missing, 0, tickets.Sum(ticket => ticket.Revision), false);
    }

    private static MosaicTicket EmptyTicket(MosaicRequest request, Parts found, SliceWindow? window)
    {
        var state = found.IsComputing ? TicketState.Computing : found.Missing.IsEmpty ? TicketState.Empty : TicketState.Failed;
        var reason = state switch
        {
            TicketState.Computing => null,
            TicketState.Empty => "no observation is stacked yet",
            _ => $"no tile can answer; tile {found.Missing[0].Tile}: {found.Missing[0].Reason}",
        };
        return new MosaicTicket(
            request.Map, request.Quantity, state, 0, found.Newest, found.Pending, null, null, reason, window, found.Missing);
    }

    /// <summary>Reads the facts of a tile's map, which are immutable for a revision, so that they are cached.</summary>
    private async Task<(MapFacts? Facts, string? Fault)> FactsAsync(
        SurveySetup setup, MapTicket ticket, CancellationToken cancellationToken)
    {
        var key = $"{ticket.Tile}/{ticket.Map}/{ticket.Window?.Slice}";
        if (_facts.TryGetValue(key, out var known) && known.Revision == ticket.Revision && known.Window == ticket.Window?.ToStored())
            return (known, null);
        var blob = PublishedFolder.FactsOf(ticket.Blob!);
        var read = await RestoredTiles.ReadAsync(
            GrainFactory.Tile(setup.Name, ticket.Tile), blob, () => ReadFactsAsync(setup, blob, cancellationToken), cancellationToken);
        if (read.Value is { } facts) _facts[key] = facts;
        return read;
    }

    private static async Task<MapFacts?> ReadFactsAsync(SurveySetup setup, string blob, CancellationToken cancellationToken) =>
        await setup.Blobs.ReadAsync(blob, cancellationToken) is { } content && MapFacts.Parse(content.Bytes.Span) is { } facts
            ? facts
            : throw ServiceErrors.Damaged(blob, "no or damaged content", "the facts of a map");

    private static TimeSpan Bounded(TimeSpan wait) => wait < MaxWait ? wait : MaxWait;

    /// <param name="Pending">Number of tiles whose map is older than their stack.</param>
    /// <param name="Newest">Sum of the current revisions of the tiles' stacks.</param>
    private sealed record Parts(MosaicPart[] Items, ImmutableArray<MissingTile> Missing, int Pending, long Newest, bool IsComputing);
}
