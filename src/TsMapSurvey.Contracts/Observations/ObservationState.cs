namespace TsMapSurvey.Contracts;

/// <summary>Where an observation is on its way into the tiles.</summary>
public enum ObservationState
{
    /// <summary>Seen; nothing is known of its content yet, or it could not be read for now.</summary>
    Received,

    /// <summary>Read and found good; its tiles are known, durably.</summary>
    Planned,

    /// <summary>Its tiles are adding it.</summary>
    Stacking,

    /// <summary>Every one of its tiles has committed it.</summary>
    Stacked,

    /// <summary>Refused, with the reason; not read again unless asked to, or replaced.</summary>
    Quarantined,

    /// <summary>The blob was replaced after tiles had begun to add it: the version in the stacks stays, the new one is not added on top.</summary>
    Changed,

    /// <summary>Being taken out of its tiles.</summary>
    Retracting,

    /// <summary>In no stack any more, and to stay out.</summary>
    Retracted,
}
