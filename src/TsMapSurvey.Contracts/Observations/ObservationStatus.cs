using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>An observation's life so far.</summary>
/// <param name="ETag">The version that this is about: the one in the stacks, or on its way there or out.</param>
/// <param name="Reason">Of quarantine, of a retraction or of a wait; null otherwise.</param>
/// <param name="Tiles">The tiles it touches; empty until planned, and when no pixel of it is safe. While it is taken out, the tiles that
/// may still hold it.</param>
/// <param name="SeenETag">The newest ETag seen of this version: the same content may be written again.</param>
/// <param name="RetractedAt">When the last tile had let go of it; null unless Retracted.</param>
/// <param name="Identity">As of <see cref="ObservationEntry"/>.</param>
/// <param name="History">The last states, the oldest first, this one at the end.</param>
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
    [property: Id(12)] string? Identity = null)
{
    /// <summary>Whether there is nothing more to do for <see cref="SeenETag"/>.</summary>
    public bool IsSettled => State.IsSettled();
}
