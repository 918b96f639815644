using System.Runtime.CompilerServices;

namespace TsMapSurvey.Storage.Resilience;

/// <summary>Runs a call in a pipeline.</summary>
internal delegate Task<bool> PipelineRun(Func<CancellationToken, Task<bool>> call, CancellationToken cancellationToken);

/// <summary>A listing that goes on after a fault: it starts again and, since names come in order, passes over those given out already.</summary>
internal static class ResilientListing
{
    public static async IAsyncEnumerable<BlobEntry> OfAsync(
        IBlobStore inner, string prefix, PipelineRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The listing outlives the single tries, so it has a cancellation of its own that each try can trigger.
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        IAsyncEnumerator<BlobEntry>? listing = null;
        string? last = null;
        try
        {
            while (await run(MoveNextAsync, cancellationToken).ConfigureAwait(false))
            {
                var entry = listing!.Current;
                last = entry.Name;
                yield return entry;
            }
        }
        finally
        {
            if (listing is not null) await listing.DisposeAsync().ConfigureAwait(false);
            cancellation.Dispose();
        }

        async Task<bool> MoveNextAsync(CancellationToken token)
        {
            listing ??= inner.ListAsync(prefix, cancellation.Token).GetAsyncEnumerator(cancellation.Token);
            try
            {
                using var registration = token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), cancellation);
                while (await listing.MoveNextAsync().ConfigureAwait(false))
                    if (last is null || string.CompareOrdinal(listing.Current.Name, last) > 0) return true;
                return false;
            }
            catch
            {
                await listing.DisposeAsync().ConfigureAwait(false);
                listing = null;
                cancellation.Dispose();
                cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                throw;
            }
        }
    }
}
