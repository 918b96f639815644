namespace TsMapSurvey.Contracts;

/// <summary>Everything that a grain can say no with.</summary>
public enum ServiceError
{
    UnknownSurvey,
    UnknownObservation,
    UnknownTile,
    UnknownMap,
    UnknownQuantity,

    /// <summary>A survey definition has problems; all are listed.</summary>
    BadDefinition,

    /// <summary>There is another survey of that name.</summary>
    DefinitionConflict,

    /// <summary>The state of what is asked about does not allow it.</summary>
    WrongState,

    /// <summary>The store cannot be reached or failed; the outcome may be unknown, repeating is harmless.</summary>
    StoreUnavailable,

    /// <summary>The store holds what cannot be read, or does not let us.</summary>
    StoreRefused,

    /// <summary>
    /// A stack cannot be made again without an observation that the store has no longer as it was: its next version, its return or its
    /// retraction is waited for.
    /// </summary>
    Blocked,

    /// <summary>Another activation has written meanwhile; this one has ended itself.</summary>
    LostRace,

    /// <summary>The silo is going down.</summary>
    Stopping,

    /// <summary>There is no such job, or no longer.</summary>
    UnknownJob,
    UnknownDataset,

    /// <summary>The options of a computation have problems; all are listed.</summary>
    BadOptions,

    /// <summary>There are as many jobs as the cluster takes.</summary>
    TooManyJobs,
    UnknownSlice,

    /// <summary>A tile has observations from before its survey had slices, and does not know when they were made.</summary>
    UndatedObservations,

    /// <summary>The store has no room left; once something is deleted, repeating helps.</summary>
    StoreFull,

    /// <summary>There are as many surveys as a server takes.</summary>
    TooManySurveys,

    /// <summary>It takes more memory than there may ever be for it.</summary>
    TooLarge,

    /// <summary>Too much waits for memory already.</summary>
    Busy,

    /// <summary>The survey's tiles do not fit together to one image.</summary>
    NoMosaic,
}
