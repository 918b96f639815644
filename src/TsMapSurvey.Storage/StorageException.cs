namespace TsMapSurvey.Storage;

/// <summary>A store's failure, one of <see cref="StorageError"/>; made only by <see cref="StorageErrors"/>.</summary>
public sealed class StorageException : Exception
{
    internal StorageException(StorageError error, string? blob, string message, Exception? inner = null) : base(message, inner)
    {
        Error = error;
        Blob = blob;
    }

    public StorageError Error { get; }

    /// <summary>The blob's name; null where the failure is the store's as a whole.</summary>
    public string? Blob { get; }

    /// <summary>Whether the same call may succeed later. A write that failed so has an unknown outcome.</summary>
    public bool IsRetryable => Error is StorageError.Unavailable or StorageError.TimedOut;
}
