namespace TsMapSurvey.Storage.Documents;

/// <summary>What a checksum says of a stored object.</summary>
public enum SealState
{
    /// <summary>It has none, as those of earlier versions; or its end is damaged. A form that always has one is damaged then.</summary>
    Unsealed,

    /// <summary>The bytes are those that were written.</summary>
    Whole,

    /// <summary>They are not.</summary>
    Broken,
}
