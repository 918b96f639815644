using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>What there is to say of a tile without its arrays.</summary>
/// <param name="RaDeg">Of its centre, ICRS.</param>
/// <param name="Revision">Of its stack; 0 when nothing was ever stacked.</param>
/// <param name="Observations">Size of its ledger.</param>
/// <param name="Maps">What is published.</param>
/// <param name="NewestNight">The newest night that an observation of the stack began in; null in a survey without slices.</param>
/// <param name="Undated">Observations of the stack from before the survey had slices: until they are dated no slice of the tile can be
/// had.</param>
/// <param name="WithoutTime">Observations of the stack whose files do not say when they were made: they are in no slice.</param>
/// <param name="Fault">Why the stack cannot be had for now; null when all is well.</param>
[GenerateSerializer, Immutable, Alias("tsmap.TileSummary")]
public sealed record TileSummary(
    [property: Id(0)] string Tile,
    [property: Id(2)] double RaDeg,
    [property: Id(3)] double DecDeg,
    [property: Id(4)] long Revision,
    [property: Id(5)] int Observations,
    [property: Id(6)] DateTimeOffset? CommittedAt,
    [property: Id(7)] ImmutableArray<MapSummary> Maps,
    [property: Id(8)] string? Fault,
    [property: Id(9)] int? NewestNight = null,
    [property: Id(10)] int Undated = 0,
    [property: Id(11)] int WithoutTime = 0)
{
    /// <summary>When its newest map was computed; null without one.</summary>
    public DateTimeOffset? ComputedAt => Maps.IsDefaultOrEmpty ? null : Maps.Max(map => map.ComputedAt);

    /// <summary>Whether some map is not of the newest stack, or was never made.</summary>
    /// <param name="maps">How many maps the survey has.</param>
    public bool IsStale(int maps) => Revision > 0 && (Maps.Length < maps || Maps.Any(map => map.Revision < Revision));
}
