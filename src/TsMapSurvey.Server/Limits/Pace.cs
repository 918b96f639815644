namespace TsMapSurvey.Server.Limits;

/// <summary>
/// A mean rate with bursts, by the generic cell rate algorithm (ITU-T I.371, annex A): one number per client says when the requests so far
/// would have been due at the mean rate. Times are timestamps of a <see cref="TimeProvider"/>.
/// </summary>
/// <param name="Step">Time between two requests at the mean rate; 0: no limit.</param>
/// <param name="Burst">How many requests may come at once after a pause, at least 1.</param>
internal readonly record struct Pace(long Step, long Burst)
{
    /// <summary>How much of the mean rate may come at once, seconds.</summary>
    private const double BurstS = 20;

    /// <param name="requests">Requests in the period; 0: no limit.</param>
    public static Pace Of(int requests, TimeSpan period, TimeProvider time) =>
        requests == 0 ? default
        : new Pace(
            Math.Max(1, (long)(period.TotalSeconds / requests * time.TimestampFrequency)),
            Math.Max(1, (long)(requests * BurstS / period.TotalSeconds)));

    public bool IsUnlimited => Step == 0;

    /// <summary>Counts a request, unless it is one too many.</summary>
    /// <param name="due">When the next request is due; changed if this one is counted.</param>
    /// <returns>0 if it was counted, otherwise how long to wait.</returns>
    public long TryCount(ref long due, long now)
    {
        if (IsUnlimited) return 0;
        var next = Math.Max(due, now);
        var early = next - now - (Burst - 1) * Step;
        if (early > 0) return early;
        due = next + Step;
        return 0;
    }

    /// <summary>How many requests may come now.</summary>
    public long Left(long due, long now) => Math.Clamp((Burst * Step - Math.Max(0, due - now)) / Math.Max(1, Step), 0, Burst);
}
