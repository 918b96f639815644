using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>The status of a tile.</summary>
/// <param name="RaDeg">Right ascension of its centre, ICRS.</param>
/// <param name="Revision">Revision of its stack; 0 if nothing was ever stacked.</param>
/// <param name="Observations">Number of observations in its ledger.</param>
/// <param name="Maps">Its published maps.</param>
/// <param name="NewestNight">The newest night in which an observation of the stack began; null in a survey without slices.</param>
/// <param name="Undated">Number of observations added before the survey had slices, without a start time; they block its slices.</param>
/// <param name="WithoutTime">Number of observations whose files have no time; they are in no slice.</param>
/// <param name="OldestNight">The same of the oldest night.</param>
/// <param name="Fault">Why the stack is unavailable for now; null otherwise.</param>
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
    [property: Id(11)] int WithoutTime = 0,
    [property: Id(12)] int? OldestNight = null)
{
    /// <summary>When its newest map was computed; null if it has no map.</summary>
    public DateTimeOffset? ComputedAt => Maps.IsDefaultOrEmpty ? null : Maps.Max(map => map.ComputedAt);

    /// <summary>Whether a map is missing or older than the stack.</summary>
    /// <param name="maps">The number of maps that the survey defines.</param>
    public bool IsStale(int maps) => Revision > 0 && (Maps.Length < maps || Maps.Any(map => map.Revision < Revision));
}
