using TsMapSurvey.Contracts;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Observations;

/// <summary>An observation's calls to its tiles, a few at a time.</summary>
internal sealed class ObservationTiles(IGrainFactory grains, SurveySetup setup)
{
    private const int AtOnce = 8;

    /// <summary>Adds the record's version to its tiles, and removes any version from the other holders.</summary>
    public async Task<TileChangeResult[]> ApplyAsync(ObservationRecord record, CancellationToken cancellationToken)
    {
        var puts = record.State == RecordState.Retracting ? [] : record.Tiles.ToHashSet(StringComparer.Ordinal);
        TileChange ChangeOf(string tile) => new(record.Version, record.Generation, Removes: !puts.Contains(tile));
        return await BoundedCalls.AllAsync(
            [.. puts.Union(record.Holders)],
            AtOnce, (tile, token) => grains.Tile(setup.Name, tile).Apply(ChangeOf(tile), token), cancellationToken);
    }

    /// <summary>Asks all tiles of the survey, and returns those whose ledger has a version of the observation.</summary>
    public async Task<IReadOnlyList<string>> HoldersAsync(string observation, CancellationToken cancellationToken)
    {
        var tiles = new List<string>();
        await foreach (var tile in setup.Tiles.ListTilesAsync(cancellationToken)) tiles.Add(tile);
        var holds = await BoundedCalls.AllAsync(
            tiles, AtOnce, async (tile, token) => (await grains.Tile(setup.Name, tile).Holds(observation, token)) is not null,
            cancellationToken);
        return [.. tiles.Zip(holds).Where(item => item.Second).Select(item => item.First)];
    }
}
