using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Storage.Containers;
using TsMapSurvey.Storage.Directories;
using TsMapSurvey.Storage.Resilience;

namespace TsMapSurvey.Storage;

/// <summary>Opens the store at a URL, a connection string or a folder path.</summary>
public static class BlobStores
{
    /// <summary>The container if the address names none. It is created when missing.</summary>
    private const string Container = "tsmap";

    private const string Expected =
        "a folder, https://ACCOUNT.blob.core.windows.net[/CONTAINER], an Azure Storage connection string, or "
            + "http://HOST:PORT/devstoreaccount1[/CONTAINER]";

    // Account and key of every storage emulator. They are public, not a secret:
    // https://learn.microsoft.com/azure/storage/common/storage-use-azurite#well-known-storage-account-and-key
    internal const string EmulatorAccount = "devstoreaccount1";
    internal const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>
    /// Opens the store with retries, timeouts and a circuit breaker. Does not access it yet; the first write creates the folder or
    /// container.
    /// </summary>
    /// <param name="url">A folder; <c>https://ACCOUNT.blob.core.windows.net[/CONTAINER]</c> (with the process's Azure identity, or the SAS
    /// in the URL); a connection string; or an emulator, <c>http://127.0.0.1:10000/devstoreaccount1[/CONTAINER]</c>.</param>
    /// <param name="loggers">Receive retries and circuit breaks.</param>
    /// <exception cref="StorageException">BadAddress.</exception>
    public static IBlobStore Open(string url, StorageOptions? options = null, TimeProvider? time = null, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        options ??= new StorageOptions();
        time ??= TimeProvider.System;
        return new ResilientBlobStore(OpenWithoutResilience(url.Trim(), options, time, loggers), options, time, loggers);
    }

    internal static IBlobStore OpenWithoutResilience(string url, StorageOptions options, TimeProvider time, ILoggerFactory? loggers = null)
    {
        if (url.Length == 0) throw StorageErrors.BadAddress("''", Expected);
        if (IsConnectionString(url)) return OpenConnectionString(url, options);
        if (FolderOf(url) is { } folder) return new DirectoryBlobStore(folder, options, time, null, loggers);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)) throw StorageErrors.BadAddress("the URL", Expected);
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            throw StorageErrors.BadAddress(WithoutSecrets(uri), Expected);
        return OpenUri(uri, options);
    }

    /// <summary>The folder that a store's address names; null if the store is not a folder.</summary>
    public static string? FolderOf(string url)
    {
        if (IsConnectionString(url)) return null;
        if (!url.Contains("://", StringComparison.Ordinal)) return url;
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.IsFile ? uri.LocalPath : null;
    }

    internal static bool IsConnectionString(string url) =>
        url.Split(';').Select(part => part.Split('=', 2)[0].Trim()).Any(key =>
            key is "UseDevelopmentStorage" or "DefaultEndpointsProtocol" or "AccountName" or "BlobEndpoint" or "SharedAccessSignature");

    private static AzureBlobStore OpenConnectionString(string text, StorageOptions options)
    {
        try
        {
            return new AzureBlobStore(new BlobContainerClient(text, Container, AzureBlobStore.ClientOptions()), options);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw StorageErrors.BadAddress("the connection string", "one as the Azure portal shows it", exception);
        }
    }

    private static AzureBlobStore OpenUri(Uri uri, StorageOptions options)
    {
        var path = uri.AbsolutePath.Trim('/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        var emulator = path is [EmulatorAccount, ..];
        var rest = emulator ? path[1..] : path;
        if (rest.Length > 1) throw StorageErrors.BadAddress(WithoutSecrets(uri), Expected);
        var address = new UriBuilder(uri)
        { Path = (emulator ? EmulatorAccount + "/" : "") + (rest.Length == 1 ? rest[0] : Container), Query = "" }.Uri;
        var client = AzureBlobStore.ClientOptions();
        if (uri.Query.Contains("sig=", StringComparison.Ordinal))
            return new AzureBlobStore(new BlobContainerClient(address, new AzureSasCredential(uri.Query), client), options);
        if (emulator)
            return new AzureBlobStore(
                new BlobContainerClient(address, new StorageSharedKeyCredential(EmulatorAccount, EmulatorKey), client), options);
        if (uri.Scheme != Uri.UriSchemeHttps)
            throw StorageErrors.BadAddress(WithoutSecrets(uri), "https, since tokens are never sent unencrypted");
        TokenCredential identity = new DefaultAzureCredential();
        return new AzureBlobStore(new BlobContainerClient(address, identity, client), options);
    }

    private static string WithoutSecrets(Uri uri) => uri.GetLeftPart(UriPartial.Path);
}
