namespace TsMapSurvey.Grains.Tiles;

/// <summary>What a change requires of the current stack.</summary>
internal enum TileVerdict
{
    /// <summary>Nothing: a later change was applied before.</summary>
    Superseded,

    AlreadySo,

    /// <summary>The stack stays as it is; a fence records the generation, so that older changes that still arrive are refused.</summary>
    Fence,

    Add,

    /// <summary>A version must be removed, so the stack is rebuilt without it.</summary>
    Rebuild,
}
