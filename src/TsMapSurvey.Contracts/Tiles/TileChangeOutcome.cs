namespace TsMapSurvey.Contracts;

/// <summary>How a change of a tile's stack ended.</summary>
public enum TileChangeOutcome
{
    /// <summary>It is made, and a manifest says so.</summary>
    Done,

    /// <summary>It was so before.</summary>
    AlreadySo,

    /// <summary>The observation cannot be stacked here; the reason tells why.</summary>
    Refused,

    /// <summary>The store no longer has this version.</summary>
    Gone,

    /// <summary>A change of a higher generation was made to the observation before: this one comes too late.</summary>
    Superseded,
}
