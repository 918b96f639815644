using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Tiles;

namespace TsMapSurvey.Grains.Tests;

/// <summary>Changes of a tile in few words.</summary>
internal static class Adding
{
    public static Task<TileChangeResult> Add(this ITileGrain tile, ObservationRef observation, CancellationToken cancellationToken) =>
        tile.Apply(TileChange.Put(observation, 1), cancellationToken);

    public static Task<ChangeAnswer[]> AddAsync(
        this TileStack stack, IEnumerable<ObservationRef> observations, CancellationToken cancellationToken) =>
        stack.ApplyAsync([.. observations.Select(observation => TileChange.Put(observation, 1))], cancellationToken);
}
