using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace TsMapSurvey.Storage.Resilience;

internal delegate Task<bool> PipelineRun(Func<CancellationToken, Task<bool>> call, CancellationToken cancellationToken);

/// <summary>
/// A listing that continues after a failure. It starts again and skips the names already returned, which is possible because names are
/// ordered. A pipeline call reads a page of names, since a call for each name would cost more than the name.
/// </summary>
internal static class ResilientListing
{
    private const int PageLength = 256;

    public static async IAsyncEnumerable<BlobEntry> OfAsync(
        IBlobStore inner, string prefix, string from, PipelineRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The listing outlives single attempts, so it has its own cancellation, which each attempt can trigger.
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        IAsyncEnumerator<BlobEntry>? listing = null;
        string? last = null;
        var page = new List<BlobEntry>();
        try
        {
            for (var isMore = true; isMore;)
            {
                ExceptionDispatchInfo? fault = null;
                try
                {
                    isMore = await run(FillAsync, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception exception)
                {
                    fault = ExceptionDispatchInfo.Capture(exception);
                }

                foreach (var entry in page) yield return entry;
                page.Clear();
                fault?.Throw();
            }
        }
        finally
        {
            if (listing is not null) await listing.DisposeAsync().ConfigureAwait(false);
            cancellation.Dispose();
        }

        async Task<bool> FillAsync(CancellationToken token)
        {
            listing ??= Begin(cancellation.Token).GetAsyncEnumerator(cancellation.Token);
            try
            {
                using var registration = token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), cancellation);
                while (page.Count < PageLength)
                {
                    if (!await listing.MoveNextAsync().ConfigureAwait(false)) return false;
                    if (last is not null && string.CompareOrdinal(listing.Current.Name, last) <= 0) continue;
                    page.Add(listing.Current);
                    last = listing.Current.Name;
                }

                return true;
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

        IAsyncEnumerable<BlobEntry> Begin(CancellationToken token) =>
            (last ?? from) is { Length: > 0 } start ? inner.ListFromAsync(prefix, start, token) : inner.ListAsync(prefix, token);
    }
}
