namespace TsMapSurvey.Storage;

/// <summary>A store's failure, see <see cref="StorageError"/>. Only <see cref="StorageErrors"/> creates it.</summary>
public sealed class StorageException : Exception
{
    internal StorageException(StorageError error, string? blob, string message, Exception? inner = null) : base(message, inner)
    {
        Error = error;
        Blob = blob;
    }

    public StorageError Error { get; }

    /// <summary>The blob's name; null if the failure concerns the whole store.</summary>
    public string? Blob { get; }

    /// <summary>Whether the same call may succeed later. The outcome of a failed write is then unknown.</summary>
    public bool IsRetryable => Error is StorageError.Unavailable or StorageError.TimedOut;
}
