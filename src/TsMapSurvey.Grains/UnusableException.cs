using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>
/// An observation or a job that no retry makes usable, with the reason to show. Stays inside a silo; made only by
/// <see cref="ServiceErrors"/>.
/// </summary>
internal sealed class UnusableException : Exception
{
    /// <summary>Longer reasons are cut: a page of them is one message.</summary>
    public const int LongestReason = 1000;

    public UnusableException(string reason, Exception? inner = null)
        : base(reason.Length > LongestReason ? string.Concat(reason.AsSpan(0, LongestReason), "...") : reason, inner)
    {
    }

    /// <summary>Whether the store no longer has this version, rather than that it is bad.</summary>
    public bool IsGone { get; init; }

    /// <summary>Whether it is our code that failed on it, in a way that nobody foresaw: another version of the code may read it.</summary>
    public bool IsInternal { get; init; }

    /// <summary>
    /// Whether a failure of reading is the content's: all but the store's own faults, the machine's and an end of waiting. An unforeseen
    /// exception on hostile bytes must not come back for ever either; it is told as internal.
    /// </summary>
    public static bool IsOfContent(Exception exception) => exception switch
    {
        StorageException store => store.Error is StorageError.TooLarge or StorageError.InvalidName,
        UnusableException or OperationCanceledException or OutOfMemoryException or IOException or SurveyServiceException => false,
        _ => true,
    };
}
