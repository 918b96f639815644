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
