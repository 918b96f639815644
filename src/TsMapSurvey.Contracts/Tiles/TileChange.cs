namespace TsMapSurvey.Contracts;

/// <summary>
/// What a tile shall hold of an observation: this version and no other, or none. Of two changes to one observation the higher generation
/// wins, in whatever order they arrive; the same one again changes nothing.
/// </summary>
/// <param name="Observation">The version; of a removal the name alone counts.</param>
/// <param name="Generation">Counts up with every decision about the observation.</param>
/// <param name="Removes">Whether no version shall be in the stack.</param>
[GenerateSerializer, Immutable, Alias("tsmap.TileChange")]
public sealed record TileChange(
    [property: Id(0)] ObservationRef Observation, [property: Id(1)] long Generation, [property: Id(2)] bool Removes)
{
    public static TileChange Put(ObservationRef observation, long generation) => new(observation, generation, false);

    public static TileChange Remove(ObservationRef observation, long generation) => new(observation, generation, true);
}
