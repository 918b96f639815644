using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>State and history of an observation.</summary>
/// <param name="ETag">The version that the state is about.</param>
/// <param name="Reason">Why it is quarantined, retracted or waiting; null otherwise.</param>
/// <param name="Tiles">Its tiles; empty until planned, or if it adds no data. While Retracting: tiles that may still hold it.</param>
/// <param name="SeenETag">The newest ETag of this version's content, which may have been written again.</param>
/// <param name="RetractedAt">When the last tile removed it; null unless Retracted.</param>
/// <param name="Identity">See <see cref="ObservationEntry"/>.</param>
/// <param name="Reduction">Safe energies and background norm of an event list; null for other data, and until it is planned.</param>
/// <param name="History">The last states, oldest first, the current one included.</param>
[GenerateSerializer, Immutable, Alias("tsmap.ObservationStatus")]
public sealed record ObservationStatus(
    [property: Id(0)] string Name,
    [property: Id(1)] string ETag,
    [property: Id(2)] ObservationState State,
    [property: Id(3)] string? Reason,
    [property: Id(4)] ImmutableArray<string> Tiles,
    [property: Id(5)] DateTimeOffset ReceivedAt,
    [property: Id(6)] DateTimeOffset? PlannedAt,
    [property: Id(7)] DateTimeOffset? StackedAt,
    [property: Id(8)] DateTimeOffset ChangedAt,
    [property: Id(9)] string SeenETag,
    [property: Id(10)] DateTimeOffset? RetractedAt,
    [property: Id(11)] ImmutableArray<StateChange> History,
    [property: Id(12)] string? Identity = null,
    [property: Id(13)] ObservationReduction? Reduction = null)
{
    /// <summary>Whether no work is left for <see cref="SeenETag"/>.</summary>
    public bool IsSettled => State.IsSettled();
}
