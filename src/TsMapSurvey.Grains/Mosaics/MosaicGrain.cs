using System.Diagnostics.CodeAnalysis;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>The survey as a whole: asks the tiles what they have published, and has it put together, one mosaic at a time.</summary>
[CollectionAgeLimit(Minutes = 10)]
[SuppressMessage("Design", "CA1001", Justification = "no timer and no wait handle in it: there is nothing to free")]
internal sealed class MosaicGrain(SurveyCatalog catalog, MosaicCanvases canvases, SiloMemory silo, TimeProvider time) : Grain, IMosaicGrain
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _making = new(1, 1);
    private readonly Dictionary<string, MapFacts> _facts = new(StringComparer.Ordinal);

    public async Task<MosaicTicket> Request(MosaicRequest request, CancellationToken cancellationToken)
    {
        var setup = await OpenAsync(request.Map, MosaicQuantity.IsSummed(request.Quantity), cancellationToken);
        if (!MosaicQuantity.IsName(request.Quantity)) throw ServiceFaults.UnknownQuantity(request.Map, request.Quantity, ["the quantities of FluxMaps and of the stack"]);
        var tiles = await TileTickets.TilesAsync(GrainFactory, setup.Name, cancellationToken);
        var window = SliceWindows.Of(setup.Survey, request.Slice, tiles);
        // A slice without a window is one of no night: no tile has anything for it.
        if (window is null && request.Slice != SliceWindow.All) tiles = [];
        var (parts, pending, newest) = MosaicQuantity.IsOfStack(request.Quantity)
            ? await StackPartsAsync(setup, tiles, window, cancellationToken)
            : await MapPartsAsync(setup, tiles, request, window, cancellationToken);
        if (parts.Length == 0)
            return new MosaicTicket(request.Map, request.Quantity, pending > 0 ? TicketState.Computing : TicketState.Empty, 0, newest, pending, null, null, pending > 0 ? null : "nothing was stacked yet", window);
        await _making.WaitAsync(cancellationToken);
        try
        {
            var maker = new MosaicMaker(setup, canvases, time);
            using var room = await silo.Work.AdmitAsync($"the mosaic of survey {setup.Name}", maker.BytesOf(request.Quantity, await setup.TileBytesAsync(cancellationToken)), cancellationToken);
            var blob = await maker.MakeAsync(request, window, parts, cancellationToken);
            var state = request.Fresh && pending > 0 ? TicketState.Computing : TicketState.Ready;
            return new MosaicTicket(request.Map, request.Quantity, state, parts.Sum(part => part.Revision), newest, pending, parts.Max(part => part.MadeAt), blob, null, window);
        }
        catch (StorageException bad)
        {
            throw ServiceFaults.Of(bad);
        }
        finally
        {
            _making.Release();
        }
    }

    public async Task<CandidateList> Candidates(CandidateRequest request, CancellationToken cancellationToken)
    {
        var setup = await OpenAsync(request.Map, false, cancellationToken);
        var tiles = await TileTickets.TilesAsync(GrainFactory, setup.Name, cancellationToken);
        var window = SliceWindows.Of(setup.Survey, request.Slice, tiles);
        if (window is null && request.Slice != SliceWindow.All) tiles = [];
        var tickets = await TileTickets.MapsAsync(GrainFactory, setup.Name, tiles, request.Map, window, request.Fresh, Least(request.Wait), time, cancellationToken);
        var there = tickets.Where(IsInAnswer).ToArray();
        try
        {
            var facts = await TileTickets.AllAsync([.. there.Where(ticket => ticket.Blob is not null)], (ticket, token) => FactsAsync(setup, ticket, token), cancellationToken);
            return new CandidateList(request.Map, there.Sum(ticket => ticket.Revision), tickets.Sum(ticket => ticket.NewestRevision), tickets.Count(ticket => ticket.Stale),
                there.Max(ticket => ticket.ComputedAt), CandidateSearch.Find(facts.OfType<MapFacts>(), request.MinSqrtTs, request.MinSeparationDeg), window);
        }
        catch (StorageException bad)
        {
            throw ServiceFaults.Of(bad);
        }
    }

    private async Task<(MosaicPart[] Parts, int Pending, long Newest)> MapPartsAsync(SurveySetup setup, IReadOnlyList<TileSummary> tiles, MosaicRequest request, SliceWindow? window, CancellationToken cancellationToken)
    {
        var tickets = await TileTickets.MapsAsync(GrainFactory, setup.Name, tiles, request.Map, window, request.Fresh, Least(request.Wait), time, cancellationToken);
        var parts = from ticket in tickets
                    where IsInAnswer(ticket)
                    select new MosaicPart(ticket.Tile, ticket.Revision, ticket.Blob, ticket.Owned, ticket.Owned with { X = 0, Y = 0 }, ticket.ComputedAt);
        return ([.. parts], tickets.Count(ticket => ticket.Stale), tickets.Sum(ticket => ticket.NewestRevision));
    }

    private async Task<(MosaicPart[] Parts, int Pending, long Newest)> StackPartsAsync(SurveySetup setup, IReadOnlyList<TileSummary> tiles, SliceWindow? window, CancellationToken cancellationToken)
    {
        var tickets = await TileTickets.StacksAsync(GrainFactory, setup.Name, tiles, window, cancellationToken);
        var parts = from ticket in tickets
                    where ticket.Revision > 0
                    select new MosaicPart(ticket.Tile, ticket.Revision, ticket.Blob, ticket.Owned, ticket.OwnedWithin, ticket.CommittedAt);
        return ([.. parts], 0, tickets.Sum(ticket => ticket.Revision));
    }

    /// <summary>Whether a tile's map is among what the answer is made of, whose revision is the sum of theirs: mosaics and candidates of the same maps have the same.</summary>
    private static bool IsInAnswer(MapTicket ticket) => ticket.Revision > 0 && !ticket.IsEarlierWindow;

    /// <summary>A tile's facts lie beside its map; those of a revision never change.</summary>
    private async Task<MapFacts?> FactsAsync(SurveySetup setup, MapTicket ticket, CancellationToken cancellationToken)
    {
        var key = $"{ticket.Tile}/{ticket.Map}/{ticket.Window?.Slice}";
        if (_facts.TryGetValue(key, out var known) && known.Revision == ticket.Revision && known.Window == ticket.Window) return known;
        var content = await setup.Blobs.ReadAsync(Path.ChangeExtension(ticket.Blob!, ".json"), cancellationToken);
        if (content is null || MapFacts.Parse(content.Bytes.Span) is not { } facts) return null;
        return _facts[key] = facts;
    }

    private async Task<SurveySetup> OpenAsync(string map, bool needsNoMap, CancellationToken cancellationToken)
    {
        try
        {
            var setup = await catalog.GetAsync(this.GetPrimaryKeyString(), cancellationToken);
            return needsNoMap || setup.Survey.Maps.ContainsKey(map) ? setup : throw ServiceFaults.UnknownMap(setup.Name, map, setup.Survey.Maps.Keys);
        }
        catch (StorageException bad)
        {
            throw ServiceFaults.Of(bad);
        }
    }

    private static TimeSpan Least(TimeSpan wait) => wait < LongestWait ? wait : LongestWait;
}
