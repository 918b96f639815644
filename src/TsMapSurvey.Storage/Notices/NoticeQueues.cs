using System.Text.RegularExpressions;
using Azure;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Queues;

namespace TsMapSurvey.Storage.Notices;

/// <summary>Opens the notification queue of a store.</summary>
public static partial class NoticeQueues
{
    private const string Expected =
        "the name of a queue in the store's account, https://ACCOUNT.queue.core.windows.net/QUEUE, or "
        + "http://HOST:PORT/devstoreaccount1/QUEUE";
    private const string PoisonEnding = "-poison";

    // Default ports of every storage emulator.
    private const int EmulatorBlobPort = 10000;
    private const int EmulatorQueuePort = 10001;

    /// <summary>Does not access the queue yet.</summary>
    /// <param name="queue">A name (3 to 56 of a-z, 0-9 and single hyphens), or a URL, which may contain a SAS.</param>
    /// <param name="store">The store's address as in <see cref="BlobStores.Open"/>, in Azure or an emulator. Its credentials are used, or
    /// the process's Azure identity.</param>
    /// <exception cref="StorageException">BadAddress.</exception>
    public static NoticeQueue Open(string queue, string store)
    {
        (queue, store) = (queue.Trim(), store.Trim());
        if (BlobStores.IsConnectionString(store) && QueueName().IsMatch(queue)) return OfConnectionString(queue, store);
        var address = queue.Contains("://", StringComparison.Ordinal) ? AddressOf(queue) : Beside(store, queue);
        if (!QueueName().IsMatch(address.Segments[^1])) throw StorageErrors.BadQueue(WithoutSecrets(queue), Expected);
        var poison = new UriBuilder(address) { Path = address.AbsolutePath + PoisonEnding }.Uri;
        return new NoticeQueue(Client(address), Client(poison));
    }

    private static NoticeQueue OfConnectionString(string queue, string store)
    {
        try
        {
            return new NoticeQueue(new QueueClient(store, queue, Options()), new QueueClient(store, queue + PoisonEnding, Options()));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw StorageErrors.BadQueue("the store's connection string", "one with a queue endpoint", e);
        }
    }

    private static Uri AddressOf(string queue) =>
        Uri.TryCreate(queue, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsEmulator(uri)))
        && uri.Segments.Length == (IsEmulator(uri) ? 3 : 2) ? uri : throw StorageErrors.BadQueue(WithoutSecrets(queue), Expected);

    /// <summary>The queue of this name in the account of the store.</summary>
    private static Uri Beside(string store, string queue)
    {
        if (!QueueName().IsMatch(queue)) throw StorageErrors.BadQueue($"'{WithoutSecrets(queue)}'", Expected);
        if (!store.Contains("://", StringComparison.Ordinal) || !Uri.TryCreate(store, UriKind.Absolute, out var uri) || uri.IsFile)
            throw StorageErrors.BadQueue($"'{queue}' beside a folder", "a store in Azure or an emulator, since only these have queues");
        if (IsEmulator(uri) && uri.Port == EmulatorBlobPort)
            return new UriBuilder(uri) { Port = EmulatorQueuePort, Path = $"{BlobStores.EmulatorAccount}/{queue}" }.Uri;
        if (IsEmulator(uri) || !uri.Host.Contains(".blob.", StringComparison.Ordinal))
            throw StorageErrors.BadQueue($"'{queue}' beside {WithoutSecrets(store)}", "the queue's full URL");
        return new UriBuilder(uri) { Host = uri.Host.Replace(".blob.", ".queue.", StringComparison.Ordinal), Path = queue }.Uri;
    }

    private static QueueClient Client(Uri address)
    {
        var bare = new UriBuilder(address) { Query = "" }.Uri;
        if (address.Query.Contains("sig=", StringComparison.Ordinal))
            return new QueueClient(bare, new AzureSasCredential(address.Query), Options());
        return IsEmulator(address)
            ? new QueueClient(bare, new StorageSharedKeyCredential(BlobStores.EmulatorAccount, BlobStores.EmulatorKey), Options())
            : new QueueClient(bare, new DefaultAzureCredential(), Options());
    }

    // No encoding: the reader recognises base64 by itself.
    private static QueueClientOptions Options() =>
        new() { MessageEncoding = QueueMessageEncoding.None, Diagnostics = { IsLoggingContentEnabled = false } };

    private static bool IsEmulator(Uri uri) => uri.AbsolutePath.StartsWith($"/{BlobStores.EmulatorAccount}/", StringComparison.Ordinal)
        || uri.AbsolutePath == $"/{BlobStores.EmulatorAccount}";

    private static string WithoutSecrets(string address) => address.Split('?', 2)[0];

    [GeneratedRegex("^(?=.{3,56}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex QueueName();
}
