using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>Names the index of a version of a layer's HiPS: an immutable blob that lists its parts.</summary>
/// <param name="State">Ready, or without a version: Computing, Empty or Failed.</param>
/// <param name="Revision">Sum of the revisions of the tiles in it.</param>
/// <param name="Version">Name of the version: the revision and a hash of the parts; null without a version.</param>
/// <param name="TilesPending">Number of tiles whose map is older than their stack.</param>
/// <param name="Missing">Tiles that have data but are not in it.</param>
[GenerateSerializer, Immutable, Alias("tsmap.HipsTicket")]
public sealed record HipsTicket(
    [property: Id(0)] TicketState State,
    [property: Id(1)] long Revision,
    [property: Id(2)] string? Version,
    [property: Id(3)] int TilesPending,
    [property: Id(4)] string? Reason,
    [property: Id(5)] ImmutableArray<MissingTile> Missing);
