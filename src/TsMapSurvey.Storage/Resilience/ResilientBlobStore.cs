using System.Buffers;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace TsMapSurvey.Storage.Resilience;

/// <summary>
/// Adds timeouts to all calls of a store and retries to those that are safe to repeat: reads and unconditional writes. Small late reads
/// are hedged. A conditional write is sent once; <see cref="TileStore"/> finds out whether a write without an answer succeeded.
/// </summary>
internal sealed class ResilientBlobStore(IBlobStore inner, StorageOptions options, TimeProvider time, ILoggerFactory? loggers = null)
    : IBlobStore
{
    /// <summary>The largest range read: what one verified answer of Azure can hold.</summary>
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

    public IDisposable? Watch(string prefix, Action<BlobHint> hint) => inner.Watch(prefix, hint);

    public IReadOnlyList<SkippedEntry> Skipped(string prefix) => inner.Skipped(prefix);

    /// <summary>Not repeated: the caller asks for the state at this moment.</summary>
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

    // Repeating an unconditional delete is harmless, but after a lost answer the result is false ("there was none").
    public Task<bool> DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken) =>
        RunAsync(condition.IsConditional ? _pipelines.Once : _pipelines.Repeated, name,
            token => inner.DeleteAsync(name, condition, token), cancellationToken);

    /// <summary>
    /// A hedged read may have two calls in progress, and a cancelled call may still write to its buffer, so each call has its own.
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
        TranslateAsync(
            name, pipeline.ExecuteAsync(static async (state, token) => await state(token).ConfigureAwait(false), call, cancellationToken));

    private Task<T> RunAsync<T>(
        ResiliencePipeline<T> pipeline, string name, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        TranslateAsync(
            name, pipeline.ExecuteAsync(static async (state, token) => await state(token).ConfigureAwait(false), call, cancellationToken));

    private async Task<T> TranslateAsync<T>(string name, ValueTask<T> result)
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
            throw StorageErrors.Unavailable(Description, name, e,
                $"too many calls have failed; calls are suspended for {StoragePipelines.BreakerPause.TotalSeconds:0} s");
        }
    }
}
