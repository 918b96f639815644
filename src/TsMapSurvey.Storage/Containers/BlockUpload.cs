using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace TsMapSurvey.Storage.Containers;

/// <summary>
/// Uploads a stream as blocks, a few at a time and each with its checksum. The blob is unchanged until the block list is committed. Memory
/// is bounded by the blocks in progress, for seekable and other streams.
/// </summary>
internal sealed class BlockUpload(BlockBlobClient blob, Func<Func<Task>, Task> send, IProgress<long>? progress)
{
    public const int BlockBytes = 4 << 20;
    private const int MaxConcurrentBlocks = 3;
    private static readonly UploadTransferValidationOptions Checksummed = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 };

    // Concurrent uploads to one blob share its list of uncommitted blocks, so block ids contain a random upload id.
    private readonly byte[] _upload = RandomNumberGenerator.GetBytes(16);
    private readonly List<string> _ids = [];
    private readonly Queue<Task> _pending = new();
    private long _sent;

    /// <summary>Returns the block ids in order and the MD5 of the whole content.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "Content-MD5 is the checksum that blob storage keeps")]
    public async Task<(IReadOnlyList<string> Ids, byte[] Md5)> SendAsync(
        ReadOnlyMemory<byte> start, Stream rest, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var (block, count) = (ArrayPool<byte>.Shared.Rent(BlockBytes), start.Length);
            start.CopyTo(block);
            while (count > 0)
            {
                hash.AppendData(block, 0, count);
                _pending.Enqueue(StageAsync(block, count, stop.Token));
                if (_pending.Count == MaxConcurrentBlocks) await _pending.Dequeue().ConfigureAwait(false);
                block = ArrayPool<byte>.Shared.Rent(BlockBytes);
                count = await rest.ReadAtLeastAsync(block.AsMemory(0, BlockBytes), BlockBytes, false, cancellationToken)
                    .ConfigureAwait(false);
            }

            ArrayPool<byte>.Shared.Return(block);
            while (_pending.TryDequeue(out var staged)) await staged.ConfigureAwait(false);
            return (_ids, hash.GetHashAndReset());
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(_pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task StageAsync(byte[] block, int count, CancellationToken cancellationToken)
    {
        var id = Convert.ToBase64String([.. _upload, .. BitConverter.GetBytes(_ids.Count)]);
        _ids.Add(id);
        await send(async () =>
        {
            using var content = new MemoryStream(block, 0, count, writable: false);
            var options = new BlockBlobStageBlockOptions { TransferValidation = Checksummed };
            await blob.StageBlockAsync(id, content, options, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        ArrayPool<byte>.Shared.Return(block);
        progress?.Report(Interlocked.Add(ref _sent, count));
    }
}
