namespace TsMapSurvey.Grains.Tiles;

/// <summary>What a change means for a stack as it is.</summary>
internal enum TileVerdict
{
    /// <summary>A later change was made before.</summary>
    Superseded,

    AlreadySo,

    /// <summary>The stack is right as it is; but older changes that are still on their way must find that they are too late.</summary>
    Fence,

    Add,

    /// <summary>Another version, or the only one, has to come out: the stack is made again without it.</summary>
    TakeOut,
}
