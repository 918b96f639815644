using System.Buffers;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace TsMapSurvey.Storage.Resilience;

/// <summary>
/// A store whose calls are bounded in time and, where that is harmless, repeated: reads, and writes without a condition. A small read that
/// is late is put a second time besides. A conditional write is sent once; <see cref="TileStore"/> finds out what became of one whose
/// answer was lost.
/// </summary>
internal sealed class ResilientBlobStore(IBlobStore inner, StorageOptions options, TimeProvider time, ILoggerFactory? loggers = null)
    : IBlobStore
{
    /// <summary>What a range read fetches at most: as much as one checked answer of Azure holds.</summary>
    private const int MaxPieceBytes = 4 << 20;

    private readonly StoragePipelines _pipelines = new(inner.Description, options, time, loggers);

    public string Description => inner.Description;

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken) =>
        ListFromAsync(prefix, "", cancellationToken);

    public IAsyncEnumerable<BlobEntry> ListFromAsync(string prefix, string from, CancellationToken cancellationToken)
    {
        BlobName.CheckPrefix(prefix);
        return ResilientListing.OfAsync(
            inner, prefix, from, (call, token) => RunAsync(_pipelines.Repeated, prefix, call, token), cancellationToken);
    }

    public IDisposable? Watch(string prefix, Action<string?> hint) => inner.Watch(prefix, hint);

    public IReadOnlyList<SkippedEntry> Skipped(string prefix) => inner.Skipped(prefix);

    /// <summary>Once: whoever asks wants to know how it is now.</summary>
    public Task CheckWritingAsync(CancellationToken cancellationToken) => RunAsync(_pipelines.Once, "", async token =>
    {
        await inner.CheckWritingAsync(token).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) =>
        RunAsync(_pipelines.Finds, name, token => inner.FindAsync(name, token), cancellationToken);

    public Task<BlobContent?> ReadAsync(string name, CancellationToken cancellationToken) =>
        RunAsync(_pipelines.Reads, name, token => inner.ReadAsync(name, token), cancellationToken);

    public async Task<Stream?> OpenReadAsync(string name, string? ifMatch, CancellationToken cancellationToken)
    {
        var stream = await RunAsync(_pipelines.Repeated, name, token => inner.OpenReadAsync(name, ifMatch, token), cancellationToken)
            .ConfigureAwait(false);
        if (stream is null) return null;
        return new RangeStream(stream.Length, options.ReadAheadBytes, stream is RangeStream ranges
            ? Pieces(name, ranges.Source) : FromPosition(name, stream), stream);
    }

    public Task<WriteResult> WriteAsync(
        string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
        RunAsync(condition.IsConditional ? _pipelines.Once : _pipelines.Repeated, name,
            token => inner.WriteAsync(name, content, condition, token), cancellationToken);

    public Task<WriteResult> WriteAsync(
        string name, Stream content, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var repeatable = !condition.IsConditional && content.CanSeek;
        var start = repeatable ? content.Position : 0;
        return RunAsync(repeatable ? _pipelines.RepeatedUpload : _pipelines.OnceUpload, name, async token =>
        {
            if (repeatable) content.Position = start;
            using var watch = new ProgressWatch(progress, StoragePipelines.TryTimeout, time, token);
            try
            {
                return await inner.WriteAsync(name, content, condition, watch, watch.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException e) when (!token.IsCancellationRequested)
            {
                throw StorageErrors.TimedOut(Description, name, StoragePipelines.TryTimeout, e);
            }
        }, cancellationToken);
    }

    // Deleting without a condition twice is harmless, but the second answer would be "there was none".
    public Task<bool> DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken) =>
        RunAsync(condition.IsConditional ? _pipelines.Once : _pipelines.Repeated, name,
            token => inner.DeleteAsync(name, condition, token), cancellationToken);

    /// <summary>
    /// Two calls may be under way, and one that was too slow may write until its cancellation reaches it: each has a buffer of its own.
    /// </summary>
    private RangeReader Pieces(string name, RangeReader source) => async (offset, destination, cancellationToken) =>
    {
        var length = Math.Min(destination.Length, MaxPieceBytes);
        var piece = await RunAsync(_pipelines.Ranges, name, async token =>
        {
            var buffer = ArrayPool<byte>.Shared.Rent(length);
            return new ArraySegment<byte>(buffer, 0, await source(offset, buffer.AsMemory(0, length), token).ConfigureAwait(false));
        }, cancellationToken).ConfigureAwait(false);
        piece.AsSpan().CopyTo(destination.Span);
        ArrayPool<byte>.Shared.Return(piece.Array!);
        return piece.Count;
    };

    private RangeReader FromPosition(string name, Stream stream) => async (offset, destination, cancellationToken) =>
        await RunAsync(_pipelines.Repeated, name, async token =>
        {
            stream.Position = offset;
            return await stream.ReadAsync(destination, token).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);

    private Task<T> RunAsync<T>(
        ResiliencePipeline pipeline, string name, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        TellAsync(
            name, pipeline.ExecuteAsync(static async (state, token) => await state(token).ConfigureAwait(false), call, cancellationToken));

    private Task<T> RunAsync<T>(
        ResiliencePipeline<T> pipeline, string name, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        TellAsync(
            name, pipeline.ExecuteAsync(static async (state, token) => await state(token).ConfigureAwait(false), call, cancellationToken));

    private async Task<T> TellAsync<T>(string name, ValueTask<T> result)
    {
        try
        {
            return await result.ConfigureAwait(false);
        }
        catch (TimeoutRejectedException e)
        {
            throw StorageErrors.TimedOut(Description, name, e.Timeout, e);
        }
        catch (BrokenCircuitException e)
        {
            throw StorageErrors.Unavailable(Description, name, e, "too many calls failed; none is made for a while");
        }
    }
}
