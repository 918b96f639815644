namespace TsMapSurvey.Contracts;

/// <summary>The state of an observation.</summary>
public enum ObservationState
{
    /// <summary>Found; its content is not read yet, or could not be read for now.</summary>
    Received,

    /// <summary>Read and valid; its tiles are known and recorded.</summary>
    Planned,

    /// <summary>Its tiles are adding it to their stacks.</summary>
    Stacking,

    /// <summary>All its tiles have committed it.</summary>
    Stacked,

    /// <summary>Refused, with a reason; in no stack. It is read again after a retry request or when its blob changes.</summary>
    Quarantined,

    /// <summary>A new version arrived and is not read yet; the tiles keep the old version until they replace it.</summary>
    Changed,

    /// <summary>It is being removed from its tiles.</summary>
    Retracting,

    /// <summary>Removed from all stacks; stays out until another version arrives or a retry is requested.</summary>
    Retracted,
}
