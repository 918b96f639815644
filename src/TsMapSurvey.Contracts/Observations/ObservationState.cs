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

    /// <summary>Refused, with the reason; in no stack. Not read again unless asked to, or replaced.</summary>
    Quarantined,

    /// <summary>
    /// Another version has come and is not read yet; until each tile puts it in the place of the old one, the old one stays there.
    /// </summary>
    Changed,

    /// <summary>Being taken out of its tiles.</summary>
    Retracting,

    /// <summary>In no stack any more, and to stay out until another version comes or a retry is asked for.</summary>
    Retracted,
}
