namespace TsMapSurvey.Storage;

/// <summary>Everything that a store can say no with.</summary>
public enum StorageError
{
    /// <summary>A blob that had to be there is not.</summary>
    NotFound,

    /// <summary>The blob is no longer the version that was asked for.</summary>
    Changed,

    /// <summary>The blob is larger than may be read into memory, or than the store takes.</summary>
    TooLarge,

    /// <summary>The name breaks the rules of <see cref="BlobName"/>, or is in the way of another blob in a directory.</summary>
    InvalidName,

    /// <summary>The store does not let these credentials do this.</summary>
    Denied,

    /// <summary>No room left.</summary>
    Full,

    /// <summary>The content is not what a blob of this name holds.</summary>
    Damaged,

    /// <summary>A later version of this program wrote the content: this one must not touch it.</summary>
    LaterVersion,

    /// <summary>The address of a store or a queue cannot be used.</summary>
    BadAddress,

    /// <summary>The store cannot be reached, is busy, or failed; a retry may help. A write may or may not have happened.</summary>
    Unavailable,

    /// <summary>No answer in time; a retry may help. A write may or may not have happened.</summary>
    TimedOut,
}
