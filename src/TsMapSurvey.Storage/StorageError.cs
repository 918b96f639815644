namespace TsMapSurvey.Storage;

/// <summary>All failures of a store.</summary>
public enum StorageError
{
    /// <summary>A required blob does not exist.</summary>
    NotFound,

    /// <summary>The blob is not the expected version any more.</summary>
    Changed,

    /// <summary>The blob is larger than the limit for reading into memory, or than the store accepts.</summary>
    TooLarge,

    /// <summary>The name breaks a rule of <see cref="BlobName"/>, or in a folder conflicts with another blob's.</summary>
    InvalidName,

    /// <summary>The credentials do not permit the operation.</summary>
    Denied,

    /// <summary>The store has no free space.</summary>
    Full,

    /// <summary>The content is not valid for a blob of this name.</summary>
    Damaged,

    /// <summary>A later version of this program wrote the content. It must not be modified.</summary>
    LaterVersion,

    /// <summary>The address of a store or queue is not valid.</summary>
    BadAddress,

    /// <summary>The store cannot be reached, is busy, or failed. A retry may help. A write may or may not have happened.</summary>
    Unavailable,

    /// <summary>The store did not answer in time. A retry may help. A write may or may not have happened.</summary>
    TimedOut,
}
