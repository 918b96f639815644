namespace TsMapSurvey.Chaos;

/// <summary>What is stored beside the observations' own data. Where a kind does not occur, nothing is done.</summary>
internal enum StoredKind
{
    Manifest,

    /// <summary>The arrays of a stack.</summary>
    Checkpoint,

    /// <summary>What is in a checkpoint.</summary>
    Ledger,

    /// <summary>Of an observation that is stacked: of a retracted one nobody could know that it was.</summary>
    Record,
    Map,

    /// <summary>What is told of a map without its pixels.</summary>
    Facts,
    Mosaic,

    /// <summary>A stack as a dataset.</summary>
    Export,
}
