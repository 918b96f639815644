namespace TsMapSurvey.Contracts;

/// <summary>How an addition ended.</summary>
public enum TileAddOutcome
{
    /// <summary>It is in the stack, and a manifest says so.</summary>
    Added,

    /// <summary>It was in the stack before.</summary>
    AlreadyThere,

    /// <summary>It cannot be stacked here; the reason tells why.</summary>
    Refused,

    /// <summary>The store no longer has this version.</summary>
    Gone,

    /// <summary>Another version of it is in the stack, which stays.</summary>
    OtherVersion,
}

/// <param name="Revision">Of the stack now.</param>
[GenerateSerializer, Immutable, Alias("tsmap.TileAddResult")]
public sealed record TileAddResult([property: Id(0)] TileAddOutcome Outcome, [property: Id(1)] long Revision, [property: Id(2)] string? Reason);
