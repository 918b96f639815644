using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using TsMapSurvey.Storage.Resilience;

namespace TsMapSurvey.Storage.Containers;

/// <summary>Blobs of an Azure Storage container. Makes single attempts only; <see cref="ResilientBlobStore"/> repeats them.</summary>
internal sealed partial class AzureBlobStore(BlobContainerClient container, StorageOptions options) : IBlobStore
{
    // The service returns the MD5 of a range of at most 4 MiB, so every piece is verified.
    // https://learn.microsoft.com/rest/api/storageservices/get-blob#request-headers (x-ms-range-get-content-md5)
    private const int MaxRangeBytes = 4 << 20;

    private static readonly DownloadTransferValidationOptions Verified = new()
    {
        ChecksumAlgorithm = StorageChecksumAlgorithm.MD5,
        AutoValidateChecksum = true,
    };

    public string Description { get; } = container.Uri.GetLeftPart(UriPartial.Path);

    public static BlobClientOptions ClientOptions() => new()
    {
        Retry = { MaxRetries = 0, NetworkTimeout = StoragePipelines.TryTimeout },
        Diagnostics = { IsLoggingContentEnabled = false },
    };

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken) =>
        ListFromAsync(prefix, "", cancellationToken);

    public async IAsyncEnumerable<BlobEntry> ListFromAsync(
        string prefix, string from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BlobName.CheckPrefix(prefix);
        var query = new GetBlobsOptions { Prefix = prefix.Length == 0 ? null : prefix, StartFrom = from.Length == 0 ? null : from };
        var found = container.GetBlobsAsync(query, cancellationToken);
        await using var items = found.GetAsyncEnumerator(cancellationToken);
        while (await GuardAsync(null, async () => await items.MoveNextAsync().ConfigureAwait(false), absent: false, cancellationToken)
            .ConfigureAwait(false))
        {
            var (name, properties) = (items.Current.Name, items.Current.Properties);
            // The service starts at 'from'; emulators without this feature start at the first name.
            if (BlobName.IsHidden(name) || string.CompareOrdinal(name, from) < 0) continue;
            yield return Entry(
                name, properties.ETag!.Value, properties.ContentLength ?? 0, properties.LastModified ?? default, properties.ContentHash);
        }
    }

    public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var blob = Blob(name);
        return GuardAsync<BlobEntry?>(name, async () =>
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
            return Entry(name, properties.ETag, properties.ContentLength, properties.LastModified, properties.ContentHash);
        }, absent: null, cancellationToken);
    }

    public async Task<BlobContent?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var blob = Blob(name);
        var first = await GuardAsync<FirstRange?>(
            name, () => FirstRangeAsync(name, blob, cancellationToken), absent: null, cancellationToken).ConfigureAwait(false);
        if (first is null) return null;
        if (first.Length > options.MaxReadBytes) throw StorageErrors.TooLarge(Description, name, first.Length, options.MaxReadBytes);
        if (first.Length == first.Bytes.Length) return new BlobContent(first.Bytes, first.ETag);
        var bytes = new byte[first.Length];
        first.Bytes.CopyTo(bytes);
        for (var read = first.Bytes.Length; read < bytes.Length;)
            read += await ReadRangeAsync(blob, name, first.ETag, read, bytes.AsMemory(read), cancellationToken).ConfigureAwait(false);
        return new BlobContent(bytes, first.ETag);
    }

    public async Task<Stream?> OpenReadAsync(string name, string? ifMatch, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, cancellationToken).ConfigureAwait(false) is not { } entry) return null;
        if (ifMatch is not null && ifMatch != entry.ETag) throw StorageErrors.Changed(Description, name, ifMatch, entry.ETag);
        var blob = Blob(name);
        return new RangeStream(entry.Length, options.ReadAheadBytes,
            (offset, destination, token) => ReadRangeAsync(blob, name, entry.ETag, offset, destination, token), null);
    }

    private async Task<FirstRange?> FirstRangeAsync(string name, BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var range = new BlobDownloadOptions { Range = new HttpRange(0, MaxRangeBytes), TransferValidation = Verified };
            using var answer = (await blob.DownloadStreamingAsync(range, cancellationToken).ConfigureAwait(false)).Value;
            var bytes = new byte[answer.Details.ContentLength];
            await answer.Content.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            var total = System.Net.Http.Headers.ContentRangeHeaderValue.TryParse(answer.Details.ContentRange, out var whole)
                ? whole.Length : null;
            return new FirstRange(bytes, total ?? bytes.Length, Text(answer.Details.ETag));
        }
        catch (RequestFailedException e) when (e.Status == 416)
        {
            // An empty blob answers every range with 416.
            return await FindAsync(name, cancellationToken).ConfigureAwait(false) is not { } entry ? null
                : entry.Length == 0 ? new FirstRange([], 0, entry.ETag)
                : throw StorageErrors.Unavailable(Description, name, e, "the blob changed during the read");
        }
    }

    private async ValueTask<int> ReadRangeAsync(
        BlobClient blob, string name, string eTag, long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        await GuardAsync(name, async () =>
        {
            var options = new BlobDownloadOptions
            {
                Range = new HttpRange(offset, Math.Min(destination.Length, MaxRangeBytes)),
                Conditions = new BlobRequestConditions { IfMatch = new ETag(eTag) },
                TransferValidation = Verified,
            };
            using var answer = (await blob.DownloadStreamingAsync(options, cancellationToken).ConfigureAwait(false)).Value;
            var count = (int)answer.Details.ContentLength;
            await answer.Content.ReadExactlyAsync(destination[..count], cancellationToken).ConfigureAwait(false);
            return count;
        }, absent: -1, cancellationToken).ConfigureAwait(false) is var read and >= 0
            ? read
            : throw StorageErrors.Changed(Description, name, eTag, "nothing");

    private BlobClient Blob(string name)
    {
        BlobName.Check(name);
        return container.GetBlobClient(name);
    }

    private static BlobEntry Entry(string name, ETag eTag, long length, DateTimeOffset modified, byte[]? md5) =>
        new(name, Text(eTag), length, modified) { ContentMd5 = md5 is { Length: > 0 } ? Convert.ToBase64String(md5) : null };

    private static string Text(ETag eTag) => eTag.ToString().Trim('"');

    // A missing blob or container is a result, not an error.
    private async Task<T> GuardAsync<T>(string? name, Func<Task<T>> call, T absent, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return absent;
        }
        catch (Exception e) when (StorageErrors.From(e, Description, name, cancellationToken) is { } fault && fault != e)
        {
            throw fault;
        }
    }

    private sealed record FirstRange(byte[] Bytes, long Length, string ETag);
}
