using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>
/// An observation or job that cannot be used and that a retry does not help. The message is shown to the user. Never crosses the wire;
/// created only by <see cref="ServiceErrors"/>.
/// </summary>
internal sealed class UnusableException : Exception
{
    /// <summary>Longer reasons are truncated, because a page of them is one message.</summary>
    public const int MaxReasonLength = 1000;

    public UnusableException(string reason, Exception? inner = null)
        : base(reason.Length > MaxReasonLength ? string.Concat(reason.AsSpan(0, MaxReasonLength), "...") : reason, inner)
    {
    }

    /// <summary>Whether the store no longer has this version, as opposed to invalid content.</summary>
    public bool IsGone { get; init; }

    /// <summary>Whether an unexpected exception, and so a bug, is the cause: another version of this program may read it.</summary>
    public bool IsInternal { get; init; }

    /// <summary>
    /// Whether the content caused a failure of reading it: all exceptions except I/O errors, lack of memory, cancellation and storage
    /// errors other than TooLarge and InvalidName. An unexpected exception on hostile content counts too, since it must not be retried for
    /// ever; it is reported as internal.
    /// </summary>
    public static bool IsOfContent(Exception exception) => exception switch
    {
        StorageException store => store.Error is StorageError.TooLarge or StorageError.InvalidName,
        UnusableException or OperationCanceledException or OutOfMemoryException or IOException or SurveyServiceException => false,
        _ => true,
    };
}
