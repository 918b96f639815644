namespace TsMapSurvey.Storage.Documents;

/// <summary>An observation's state in its record, stored by name.</summary>
public enum RecordState
{
    /// <summary>Found. Its content was not read yet, or could not be read for now.</summary>
    Received,

    /// <summary>Read and accepted; its tiles are known.</summary>
    Planned,

    /// <summary>Its tiles are adding it.</summary>
    Stacking,

    /// <summary>All its tiles have committed it.</summary>
    Stacked,

    /// <summary>Rejected with a reason; in no stack.</summary>
    Quarantined,

    /// <summary>Another version has arrived. The old one stays in each tile until that tile replaces it.</summary>
    Changed,

    /// <summary>Its tiles are removing it.</summary>
    Retracting,

    /// <summary>Removed from all stacks.</summary>
    Retracted,
}
