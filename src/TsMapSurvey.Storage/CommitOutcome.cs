namespace TsMapSurvey.Storage;

/// <summary>How a commit ended. An exception instead means that the outcome is unknown.</summary>
public enum CommitOutcome
{
    /// <summary>Our manifest is in the store.</summary>
    Committed,

    /// <summary>Another writer's manifest is in the store. Our state is stale: start again from the manifest found.</summary>
    LostRace,
}
