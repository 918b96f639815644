using TsMapSurvey.Grains.Observations;

namespace TsMapSurvey.Grains;

/// <summary>
/// Bytes that work of one kind may take in a silo at the same time. Work is admitted before it allocates, in the order of asking; what can
/// never fit is refused, and so is what would make the line too long.
/// </summary>
public sealed class MemoryBudget(long bytes)
{
    private const int LongestLine = 256;
    private readonly StackingRoom _room = new(bytes);
    private int _waiting;

    public long Bytes => bytes;

    /// <summary>Waits until there is room.</summary>
    /// <param name="what">For the message of a refusal.</param>
    /// <returns>To be disposed of when the memory is no longer used.</returns>
    /// <exception cref="Contracts.SurveyServiceException">TooLarge: it can never fit. Busy: too many wait already.</exception>
    public async Task<IDisposable> AdmitAsync(string what, double needed, CancellationToken cancellationToken)
    {
        if (needed > bytes) throw ServiceErrors.TooLarge(what, needed, bytes);
        try
        {
            if (Interlocked.Increment(ref _waiting) > LongestLine) throw ServiceErrors.Busy(what, LongestLine);
            return await _room.EnterAsync((long)needed, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
