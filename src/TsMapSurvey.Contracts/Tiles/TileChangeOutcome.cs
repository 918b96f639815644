namespace TsMapSurvey.Contracts;

/// <summary>The outcome of a change to a tile's stack.</summary>
public enum TileChangeOutcome
{
    /// <summary>The change is committed.</summary>
    Done,

    /// <summary>The stack had the requested content already.</summary>
    AlreadySo,

    /// <summary>The observation cannot be stacked on this tile; the result has the reason.</summary>
    Refused,

    /// <summary>The store no longer has this version.</summary>
    Gone,

    /// <summary>A change of a higher generation was applied before; this one is stale.</summary>
    Superseded,
}
