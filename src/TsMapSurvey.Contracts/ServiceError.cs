namespace TsMapSurvey.Contracts;

/// <summary>The failures of grain calls, a closed list.</summary>
public enum ServiceError
{
    UnknownSurvey,
    UnknownObservation,
    UnknownTile,
    UnknownMap,
    UnknownQuantity,

    /// <summary>A survey definition is invalid; all problems are listed.</summary>
    BadDefinition,

    /// <summary>A survey of that name with another definition exists.</summary>
    DefinitionConflict,

    /// <summary>The current state does not allow the request.</summary>
    WrongState,

    /// <summary>The store is unreachable or failed. The outcome may be unknown; a retry is safe.</summary>
    StoreUnavailable,

    /// <summary>A stored document is damaged, or the store denies access.</summary>
    StoreRefused,

    /// <summary>
    /// A stack must be rebuilt, but the store no longer has the needed version of an observation. The tile waits for the observation's next
    /// version, its return or its retraction.
    /// </summary>
    Blocked,

    /// <summary>Another activation has written since; this stale activation deactivates itself.</summary>
    LostRace,

    /// <summary>The silo is shutting down.</summary>
    Stopping,

    /// <summary>The job never existed or was deleted.</summary>
    UnknownJob,
    UnknownDataset,

    /// <summary>The options of a computation are invalid; all problems are listed.</summary>
    BadOptions,

    /// <summary>The cluster has its maximum number of jobs.</summary>
    TooManyJobs,
    UnknownSlice,

    /// <summary>A tile has observations without a recorded start time, from before its survey had slices.</summary>
    UndatedObservations,

    /// <summary>The store is full; a retry succeeds once space is freed.</summary>
    StoreFull,

    /// <summary>The server has its maximum number of surveys.</summary>
    TooManySurveys,

    /// <summary>The request needs more memory than its whole budget.</summary>
    TooLarge,

    /// <summary>Too many requests wait for memory already.</summary>
    Busy,

    /// <summary>The survey's tiling has no common image grid.</summary>
    NoMosaic,
}
