using TsMapSurvey.Grains.Observations;

namespace TsMapSurvey.Grains;

/// <summary>
/// Limits the bytes that work of one kind uses in a silo at the same time. Work is admitted before it allocates, first in, first out. Work
/// that can never fit is refused, and so is work that finds the queue full.
/// </summary>
public sealed class MemoryBudget(long bytes)
{
    private const int MaxWaiting = 256;
    private readonly StackingRoom _room = new(bytes);
    private int _waiting;

    public long Bytes => bytes;

    /// <param name="what">Name of the work, for error messages.</param>
    /// <returns>Disposing it gives the memory back.</returns>
    /// <exception cref="Contracts.SurveyServiceException">TooLarge: it can never fit; Busy: too many wait already.</exception>
    public async Task<IDisposable> AdmitAsync(string what, double needed, CancellationToken cancellationToken)
    {
        if (needed > bytes) throw ServiceErrors.TooLarge(what, needed, bytes);
        try
        {
            if (Interlocked.Increment(ref _waiting) > MaxWaiting) throw ServiceErrors.Busy(what, MaxWaiting);
            return await _room.EnterAsync((long)needed, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
