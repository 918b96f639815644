using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Mosaics;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys.Layers;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Grains.Hips;

/// <summary>
/// Keeps the index of a layer's HiPS up to date: which tile is in it with which revision. It has no state that a restart loses: the parts
/// are asked from the tiles, and the name of the index follows from them.
/// </summary>
[CollectionAgeLimit(Minutes = 10)]
internal sealed partial class HipsGrain(SurveyCatalog catalog, TimeProvider time, ILogger<HipsGrain> logger) : Grain, IHipsGrain
{
    private HipsParts? _parts;

    public async Task<HipsTicket> Request(CancellationToken cancellationToken)
    {
        var (survey, name) = GrainKeys.Split(this.GetPrimaryKeyString());
        var setup = await catalog.GetAsync(survey, cancellationToken);
        var layer = setup.Survey.FindLayer(name);
        var parts = _parts ??= new HipsParts(layer);
        var tiles = await TileTickets.TilesAsync(GrainFactory, setup.Name, cancellationToken);
        var (missing, pending, isComputing) = await AskAsync(setup, layer, parts, parts.Unknown(tiles), cancellationToken);
        parts.KeepOnly(tiles);
        var index = new HipsIndex
        {
            Layer = layer.Name,
            Parts = parts.Parts,
            FirstNight = tiles.Min(tile => tile.OldestNight),
            LastNight = tiles.Max(tile => tile.NewestNight),
        };
        if (index.Parts.All(part => part.Blob is null)) return Nothing(missing, pending, isComputing);
        var version = HipsLayout.Version(index.Revision, HipsPart.Digest(index.Parts));
        await PublishAsync(setup, setup.Layout.Hips(layer.Name), version, index, cancellationToken);
        return new HipsTicket(TicketState.Ready, index.Revision, version, pending, null, missing);
    }

    private async Task<(ImmutableArray<MissingTile> Missing, int Pending, bool IsComputing)> AskAsync(
        SurveySetup setup, SurveyLayer layer, HipsParts parts, IReadOnlyList<TileSummary> tiles, CancellationToken cancellationToken)
    {
        if (QuantityNames.IsOfStack(layer.Quantity))
        {
            var stacks = await TileTickets.StacksAsync(GrainFactory, setup.Name, tiles, null, cancellationToken);
            foreach (var ticket in stacks.Tickets) parts.Put(ticket);
            return (stacks.Missing, 0, false);
        }

        var maps = await TileTickets.MapsAsync(
            GrainFactory, setup.Name, tiles, layer.Map, null, false, TimeSpan.Zero, time, cancellationToken);
        foreach (var ticket in maps.Tickets) parts.Put(ticket);
        return (maps.Missing, maps.Tickets.Count(ticket => ticket.Stale),
            maps.Tickets.Any(ticket => ticket.State == TicketState.Computing));
    }

    /// <summary>Writes the index unless it is there: a damaged one is deleted when it is read, and comes back here.</summary>
    private async Task PublishAsync(
        SurveySetup setup, HipsLayout layout, string version, HipsIndex index, CancellationToken cancellationToken)
    {
        var name = layout.Index(version);
        if (await setup.Blobs.FindAsync(name, cancellationToken) is not null) return;
        await ImmutableBlobs.PutAsync(setup.Blobs, name, index.Format(), cancellationToken);
        LogPublished(setup.Name, index.Layer, version, index.Parts.Count);
        await SupersededBlobs.SweepAsync(setup.Blobs, layout.Indices, time.GetUtcNow(), cancellationToken);
    }

    private static HipsTicket Nothing(ImmutableArray<MissingTile> missing, int pending, bool isComputing)
    {
        var state = isComputing ? TicketState.Computing : missing.IsEmpty ? TicketState.Empty : TicketState.Failed;
        var reason = state switch
        {
            TicketState.Computing => "the first maps are being computed",
            TicketState.Empty => "no tile has a map yet",
            _ => $"no tile can answer; tile {missing[0].Tile}: {missing[0].Reason}",
        };
        return new HipsTicket(state, 0, null, pending, reason, missing);
    }

    [LoggerMessage(LogLevel.Information, "Survey {Survey}: HiPS {Layer} is of version {Version}, made of {Tiles} tiles")]
    private partial void LogPublished(string survey, string layer, string version, int tiles);
}
