using TsMapSurvey.Contracts;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys.Layers;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Grains.Hips;

/// <summary>The newest published parts of a layer, kept from one request to the next so that only changed tiles are asked.</summary>
internal sealed class HipsParts(SurveyLayer layer)
{
    private readonly SortedDictionary<string, HipsPart> _known = new(StringComparer.Ordinal);

    /// <summary>Ordered by tile. Without those that have no pixels the revision might decrease with a change.</summary>
    public IReadOnlyList<HipsPart> Parts => [.. _known.Values];

    private bool IsOfStack => QuantityNames.IsOfStack(layer.Quantity);

    /// <summary>The tiles whose part may not be the newest one.</summary>
    public IReadOnlyList<TileSummary> Unknown(IEnumerable<TileSummary> tiles) =>
        [.. tiles.Where(tile => tile.Revision > 0 && !IsCurrent(tile))];

    /// <summary>Forgets the tiles that no longer have data.</summary>
    public void KeepOnly(IEnumerable<TileSummary> tiles)
    {
        var kept = tiles.Select(tile => tile.Tile).ToHashSet(StringComparer.Ordinal);
        foreach (var tile in _known.Keys.Where(tile => !kept.Contains(tile)).ToArray()) _known.Remove(tile);
    }

    /// <summary>Takes a tile's answer. A map that is being computed leaves the earlier one in place.</summary>
    public void Put(MapTicket ticket)
    {
        if (ticket.Revision > 0) Put(ticket.Tile, ticket.Revision, ticket.Blob, ticket.ComputedAt);
    }

    /// <inheritdoc cref="Put(MapTicket)"/>
    public void Put(StackTicket ticket)
    {
        if (ticket.Revision > 0) Put(ticket.Tile, ticket.Revision, ticket.Blob, ticket.CommittedAt);
    }

    private void Put(string tile, long revision, string? blob, DateTimeOffset? madeAt) =>
        _known[tile] = new HipsPart(tile, revision, madeAt ?? DateTimeOffset.UnixEpoch, blob);

    private bool IsCurrent(TileSummary tile)
    {
        if (!_known.TryGetValue(tile.Tile, out var known) || known.Revision != tile.Revision) return false;
        return IsOfStack ? known.MadeAt == tile.CommittedAt
            : tile.Maps.Any(map => map.Map == layer.Map && map.Revision == tile.Revision && map.ComputedAt == known.MadeAt);
    }
}
