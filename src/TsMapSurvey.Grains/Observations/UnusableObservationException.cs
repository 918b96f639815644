using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains;

/// <summary>An observation that no retry makes usable, with the reason to show. Stays inside a silo.</summary>
internal sealed class UnusableObservationException : Exception
{
    /// <summary>Longer reasons are cut: a page of them is one message.</summary>
    public const int LongestReason = 1000;

    private UnusableObservationException(string reason, bool isGone, Exception? inner = null)
        : base(reason.Length > LongestReason ? string.Concat(reason.AsSpan(0, LongestReason), "...") : reason, inner) => IsGone = isGone;

    /// <summary>Whether the store no longer has this version, rather than that it is bad.</summary>
    public bool IsGone { get; }

    /// <summary>Whether it is our code that failed on it, in a way that nobody foresaw: another version of the code may read it.</summary>
    public bool IsInternal { get; private init; }

    public static UnusableObservationException Gone(ObservationRef observation) =>
        new($"{observation.Name}: this version ({observation.ETag}) is no longer in the store", isGone: true);

    public static UnusableObservationException TooLarge(ObservationRef observation, long length, long limit) =>
        new($"{observation.Name}: found {length} bytes, expected at most {limit}", isGone: false);

    public static UnusableObservationException NotYetMade(ObservationRef observation, DateTimeOffset night) =>
        new(FormattableString.Invariant($"{observation.Name}: GTI: found the night of {night:yyyy-MM-dd HH:mm} UTC, expected one that has begun: the survey has slices"), isGone: false);

    /// <summary>The reason names file, HDU and card, or the map, as whoever refused it does.</summary>
    public static UnusableObservationException Of(ObservationRef observation, Exception bad)
    {
        if (!IsForeseen(bad)) return new($"{observation.Name}: internal error: {bad.GetType().Name}: {bad.Message}", isGone: false, bad) { IsInternal = true };
        return new(bad.Message.StartsWith(observation.Name, StringComparison.Ordinal) ? bad.Message : $"{observation.Name}: {bad.Message}", isGone: false, bad);
    }

    /// <summary>
    /// Whether a failure of reading is the content's: all but the store's own faults, the machine's and an end of waiting. An unforeseen
    /// exception on hostile bytes must not come back for ever either; it is told as internal.
    /// </summary>
    public static bool IsItsOwnFault(Exception bad) => bad switch
    {
        StorageException store => store.Error is StorageError.TooLarge or StorageError.InvalidName,
        UnusableObservationException or OperationCanceledException or OutOfMemoryException or IOException or SurveyServiceException => false,
        _ => true,
    };

    private static bool IsForeseen(Exception bad) =>
        bad is FitsException or MapException or SurveyException or SkyException or StorageException or InvalidDataException;
}
