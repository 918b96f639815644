using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Api.Tiles;

namespace TsMapSurvey.Server.LiveFeed;

/// <summary>
/// Finds a survey's changes by comparing its lists with the previous ones, and publishes them. The first check only publishes a reset.
/// </summary>
internal sealed class SurveyWatch(IGrainFactory grains, KnownSurvey survey, SurveyFeed feed)
{
    private readonly Dictionary<string, ObservationEntry> _observations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TileAnswer> _tiles = new(StringComparer.Ordinal);
    private string _counts = "";
    private bool _hasChecked;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var status = await grains.Survey(survey.Name).GetStatus(cancellationToken);
        var counts = string.Join(',', status.Observations.OrderBy(count => count.State).Select(count => $"{count.State}{count.Count}"));
        // While observations are in progress, two may swap their states without changing the counts.
        if (counts != _counts || status.InFlight > 0) await ObservationsAsync(cancellationToken);
        await TilesAsync(cancellationToken);
        _counts = status.InFlight > 0 ? "" : counts;
        if (!_hasChecked) feed.Publish("reset", null);
        _hasChecked = true;
    }

    private async Task ObservationsAsync(CancellationToken cancellationToken)
    {
        for (string? after = null; ;)
        {
            var page = await grains.Survey(survey.Name).Observations(null, after, Page<ObservationEntry>.MaxItems, cancellationToken);
            foreach (var entry in page.Items)
            {
                if (_observations.TryGetValue(entry.Name, out var known) && known == entry) continue;
                _observations[entry.Name] = entry;
                if (_hasChecked) feed.Publish("observation", entry);
            }

            if ((after = page.Next) is null) return;
        }
    }

    private async Task TilesAsync(CancellationToken cancellationToken)
    {
        for (string? after = null; ;)
        {
            var page = await grains.Survey(survey.Name).Tiles(after, Page<TileSummary>.MaxItems, cancellationToken);
            foreach (var tile in page.Items.Select(tile => TileAnswer.Of(tile, survey)))
            {
                if (_tiles.TryGetValue(tile.Tile, out var known) && Same(known, tile)) continue;
                _tiles[tile.Tile] = tile;
                if (_hasChecked) feed.Publish("tile-updated", tile);
            }

            if ((after = page.Next) is null) return;
        }
    }

    private static bool Same(TileAnswer one, TileAnswer other) =>
        one with { Maps = other.Maps } == other && one.Maps.SequenceEqual(other.Maps);
}
