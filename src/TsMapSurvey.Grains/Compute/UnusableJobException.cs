using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains;

/// <summary>A job that no repetition makes succeed, with the reason to show. Stays inside a silo.</summary>
internal sealed class UnusableJobException : Exception
{
    private const int LongestReason = 1000;

    private UnusableJobException(string reason, Exception? inner = null)
        : base(reason.Length > LongestReason ? string.Concat(reason.AsSpan(0, LongestReason), "...") : reason, inner)
    {
    }

    /// <summary>Whether it is our code that failed, in a way that nobody foresaw.</summary>
    public bool IsInternal { get; private init; }

    public static UnusableJobException Gone(string dataset) => new($"{dataset}: what was uploaded is no longer in the store");

    public static UnusableJobException TooLarge(double bytes, long limit) =>
        new($"datasets: found {TileBytes.Text(bytes)} of memory with what is computed of them, expected at most {TileBytes.Text(limit)} "
            + "(the server's setting Compute:JobBytes): fewer or smaller datasets, or narrower kernels take less");

    public static UnusableJobException TooLong(TimeSpan limit) =>
        new($"it was not done in {limit:g}, the longest that a job may take once it was started (the server's setting Compute:JobTime)");

    public static UnusableJobException Failed(string reason) => new(reason);

    public static UnusableJobException TriedTooLong(int block, TimeSpan patience, Exception bad) => new($"block {block} could not be computed for {patience}: {bad.Message}", bad);

    /// <summary>The reason names dataset, HDU and card, as whoever refused it does.</summary>
    public static UnusableJobException Of(string dataset, Exception bad) => IsForeseen(bad)
        ? new(bad.Message.StartsWith(dataset, StringComparison.Ordinal) ? bad.Message : $"{dataset}: {bad.Message}", bad)
        : new($"{dataset}: internal error: {bad.GetType().Name}: {bad.Message}", bad) { IsInternal = true };

    /// <summary>Of the estimator, whose messages name the dataset where there is one.</summary>
    public static UnusableJobException Of(Exception bad) => IsForeseen(bad)
        ? new(bad.Message, bad)
        : new($"internal error: {bad.GetType().Name}: {bad.Message}", bad) { IsInternal = true };

    private static bool IsForeseen(Exception bad) => bad is FitsException or MapException or SkyException or Storage.StorageException or InvalidDataException;
}
