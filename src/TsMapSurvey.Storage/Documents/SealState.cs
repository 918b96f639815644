namespace TsMapSurvey.Storage.Documents;

/// <summary>The result of verifying a stored object's checksum.</summary>
public enum SealState
{
    /// <summary>
    /// There is no checksum, as in older versions, or the end of the object is damaged. An error for schemas that require a checksum.
    /// </summary>
    Unsealed,

    /// <summary>The checksum matches.</summary>
    Valid,

    /// <summary>The checksum does not match.</summary>
    Broken,
}
