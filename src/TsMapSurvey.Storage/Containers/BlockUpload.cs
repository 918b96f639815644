using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace TsMapSurvey.Storage.Containers;

/// <summary>
/// A stream sent as blocks, a few at a time, each with its checksum; nothing of it is a blob before the commit. The memory is that of
/// the blocks under way, whether the stream can seek or not.
/// </summary>
internal sealed class BlockUpload(BlockBlobClient blob, Func<Func<Task>, Task> send, IProgress<long>? progress)
{
    public const int BlockBytes = 4 << 20;
    private const int AtOnce = 3;
    private static readonly UploadTransferValidationOptions Checksummed = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 };

    // Blocks of several uploads to one blob lie side by side until one of them is committed.
    private readonly byte[] _upload = RandomNumberGenerator.GetBytes(16);
    private readonly List<string> _ids = [];
    private readonly Queue<Task> _underWay = new();
    private long _sent;

    /// <summary>The ids of the blocks in order, and the MD5 of all of them.</summary>
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
                _underWay.Enqueue(StageAsync(block, count, stop.Token));
                if (_underWay.Count == AtOnce) await _underWay.Dequeue().ConfigureAwait(false);
                block = ArrayPool<byte>.Shared.Rent(BlockBytes);
                count = await rest.ReadAtLeastAsync(block.AsMemory(0, BlockBytes), BlockBytes, false, cancellationToken)
                    .ConfigureAwait(false);
            }

            ArrayPool<byte>.Shared.Return(block);
            while (_underWay.TryDequeue(out var staged)) await staged.ConfigureAwait(false);
            return (_ids, hash.GetHashAndReset());
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(_underWay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
