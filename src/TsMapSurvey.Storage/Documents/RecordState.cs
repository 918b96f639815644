namespace TsMapSurvey.Storage.Documents;

/// <summary>The state of an observation in its record, stored by name.</summary>
public enum RecordState
{
    /// <summary>Seen; nothing is known of its content yet, or it could not be read for now.</summary>
    Received,

    /// <summary>Read and found good; its tiles are known.</summary>
    Planned,

    /// <summary>Its tiles are adding it.</summary>
    Stacking,

    /// <summary>Every one of its tiles has committed it.</summary>
    Stacked,

    /// <summary>Refused, with the reason; in no stack.</summary>
    Quarantined,

    /// <summary>Another version has come; until each tile puts it in the place of the old one, the old one stays there.</summary>
    Changed,

    /// <summary>Being taken out of its tiles.</summary>
    Retracting,

    /// <summary>In no stack any more.</summary>
    Retracted,
}
