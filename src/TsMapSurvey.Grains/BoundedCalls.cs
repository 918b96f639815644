namespace TsMapSurvey.Grains;

/// <summary>Asynchronous calls for many items, of which a bounded number runs at a time.</summary>
internal static class BoundedCalls
{
    /// <summary>Returns the results in the order of the items.</summary>
    public static async Task<TOut[]> AllAsync<TIn, TOut>(
        IEnumerable<TIn> items, int atOnce, Func<TIn, CancellationToken, Task<TOut>> call, CancellationToken cancellationToken)
    {
        using var slots = new SemaphoreSlim(atOnce, atOnce);
        return await Task.WhenAll(items.Select(async item =>
        {
            await slots.WaitAsync(cancellationToken);
            try
            {
                return await call(item, cancellationToken);
            }
            finally
            {
                slots.Release();
            }
        }));
    }
}
