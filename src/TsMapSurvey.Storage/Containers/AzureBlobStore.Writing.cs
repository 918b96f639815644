using Azure;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace TsMapSurvey.Storage.Containers;

internal sealed partial class AzureBlobStore
{
    private static readonly UploadTransferValidationOptions Checksummed = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 };

    public Task<WriteResult> WriteAsync(
        string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken)
    {
        BlobName.Check(name);
        return content.Length <= BlockUpload.BlockBytes
            ? ConditionallyAsync(name, () => PutAsync(name, content, condition, cancellationToken), cancellationToken)
            : WriteAsync(name, BinaryData.FromBytes(content).ToStream(), condition, null, cancellationToken);
    }

    public async Task<WriteResult> WriteAsync(
        string name, Stream content, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        BlobName.Check(name);
        var start = new byte[
            content.CanSeek ? Math.Clamp(content.Length - content.Position + 1, 1, BlockUpload.BlockBytes) : BlockUpload.BlockBytes];
        var count = await content.ReadAtLeastAsync(start, start.Length, false, cancellationToken).ConfigureAwait(false);
        if (count < start.Length)
        {
            var result = await WriteAsync(name, start.AsMemory(0, count), condition, cancellationToken).ConfigureAwait(false);
            if (result.Written) progress?.Report(count);
            return result;
        }

        if (condition.IsConditional && !condition.Holds((await FindAsync(name, cancellationToken).ConfigureAwait(false))?.ETag))
            return WriteResult.Refused;
        return await ConditionallyAsync(name, async () =>
        {
            var blob = container.GetBlockBlobClient(name);
            var upload = new BlockUpload(blob, call =>
                WithContainerAsync(async () => { await call().ConfigureAwait(false); return true; }, cancellationToken), progress);
            var (ids, md5) = await upload.SendAsync(start, content, cancellationToken).ConfigureAwait(false);
            var options =
                new CommitBlockListOptions { Conditions = Conditions(condition), HttpHeaders = new BlobHttpHeaders { ContentHash = md5 } };
            return (await blob.CommitBlockListAsync(ids, options, cancellationToken).ConfigureAwait(false)).Value.ETag;
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.MustBeAbsent) throw new ArgumentException("a delete cannot require that the blob is absent", nameof(condition));
        var blob = Blob(name);
        return await GuardAsync(name, async () =>
        {
            try
            {
                await blob.DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots, Conditions(condition), cancellationToken)
                    .ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException e) when (e.Status == 412)
            {
                return false;
            }
        }, absent: false, cancellationToken).ConfigureAwait(false);
    }

    private Task<ETag> PutAsync(string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken)
    {
        var md5 = ContentHash.Of(content.Span);
        var options = new BlobUploadOptions
        {
            Conditions = Conditions(condition),
            TransferOptions = new StorageTransferOptions { InitialTransferSize = BlockUpload.BlockBytes },
            TransferValidation = Checksummed,
            HttpHeaders = new BlobHttpHeaders { ContentHash = md5 },
        };
        return WithContainerAsync(async () =>
            (await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), options, cancellationToken)
                .ConfigureAwait(false)).Value.ETag,
            cancellationToken);
    }

    // Creates a missing container and repeats the call, which cannot have taken effect.
    private async Task<T> WithContainerAsync<T>(Func<Task<T>> send, CancellationToken cancellationToken)
    {
        try
        {
            return await send().ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return await send().ConfigureAwait(false);
        }
    }

    private async Task<WriteResult> ConditionallyAsync(string name, Func<Task<ETag>> write, CancellationToken cancellationToken)
    {
        try
        {
            return new WriteResult(true, Text(await write().ConfigureAwait(false)));
        }
        catch (RequestFailedException e) when (e.Status == 412 || e.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return WriteResult.Refused;
        }
        catch (Exception e) when (StorageErrors.From(e, Description, name, cancellationToken) is { } fault && fault != e)
        {
            throw fault;
        }
    }

    private static BlobRequestConditions? Conditions(WriteCondition condition) =>
        condition.MustBeAbsent ? new BlobRequestConditions { IfNoneMatch = ETag.All }
        : condition.ETag is { } eTag ? new BlobRequestConditions { IfMatch = new ETag(eTag) }
        : null;
}
