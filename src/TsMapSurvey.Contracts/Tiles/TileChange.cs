namespace TsMapSurvey.Contracts;

/// <summary>
/// The version of an observation that a tile must hold: exactly this one, or none. Of two changes to one observation the higher generation
/// wins, in whatever order they arrive. Idempotent.
/// </summary>
/// <param name="Observation">The version; a removal uses only the name.</param>
/// <param name="Generation">Increases with every decision about the observation.</param>
/// <param name="Removes">Whether the tile must hold no version.</param>
[GenerateSerializer, Immutable, Alias("tsmap.TileChange")]
public sealed record TileChange(
    [property: Id(0)] ObservationRef Observation, [property: Id(1)] long Generation, [property: Id(2)] bool Removes)
{
    public static TileChange Put(ObservationRef observation, long generation) => new(observation, generation, false);

    public static TileChange Remove(ObservationRef observation, long generation) => new(observation, generation, true);
}
