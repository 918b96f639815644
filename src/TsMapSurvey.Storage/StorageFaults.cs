using System.Net.Sockets;
using System.Xml;
using Azure;
using Azure.Identity;

namespace TsMapSurvey.Storage;

/// <summary>The one table from what the systems below throw to what a store throws.</summary>
internal static class StorageFaults
{
    // Unix errno and Windows HRESULT for a full disk, a spent quota (Linux, macOS) and a file system that is read-only.
    private const int ErrorNoSpace = 28;
    private const int ErrorQuota = 122;
    private const int ErrorQuotaOfMac = 69;
    private const int ErrorDiskFull = unchecked((int)0x80070070);
    private const int ErrorReadOnly = 30;
    private const int ErrorWriteProtected = unchecked((int)0x80070013);

    public static bool IsNoRoom(IOException exception) =>
        exception.HResult is ErrorNoSpace or ErrorQuota or ErrorQuotaOfMac or ErrorDiskFull;

    /// <summary>The store's failure for an exception; null for one that is a defect of the program or the caller's own cancellation.</summary>
    public static StorageException? From(Exception exception, string store, string? blob, CancellationToken cancellationToken) => exception switch
    {
        StorageException known => known,
        AggregateException { InnerExceptions: [.., var last] } => From(last, store, blob, cancellationToken),
        RequestFailedException failed => FromAzure(failed, store, blob),
        AuthenticationFailedException => StorageException.Denied(store, blob, exception),
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        OperationCanceledException => StorageException.TimedOut(store, blob, null, exception),
        UnauthorizedAccessException => StorageException.Denied(store, blob, exception),
        FileNotFoundException or DirectoryNotFoundException => StorageException.NotFound(store, blob ?? "", exception),
        PathTooLongException => StorageException.InvalidName(blob ?? "", "the path is too long for this folder", exception),
        InvalidDataException => StorageException.Unavailable(store, blob, exception, "the content arrived damaged"),
        // Of the SDK, for an answer that says it is XML and is not, or not to its end: what stands between us and the storage writes such.
        XmlException => StorageException.Unavailable(store, blob, exception, "the answer arrived damaged"),
        IOException { HResult: ErrorReadOnly or ErrorWriteProtected } => StorageException.Denied(store, blob, exception),
        IOException io when IsNoRoom(io) => StorageException.Full(store, blob, exception),
        IOException or HttpRequestException or SocketException => StorageException.Unavailable(store, blob, exception),
        _ => null,
    };

    private static StorageException FromAzure(RequestFailedException failed, string store, string? blob) => (failed.Status, failed.ErrorCode) switch
    {
        (401 or 403, _) => StorageException.Denied(store, blob, failed),
        (404, _) => StorageException.NotFound(store, blob ?? "", failed),
        (412, _) => StorageException.Changed(store, blob ?? "", null, null, failed),
        (413, _) => StorageException.TooLarge(store, blob, failed),
        (400, "InvalidResourceName" or "OutOfRangeInput" or "InvalidUri") => StorageException.InvalidName(blob ?? "", "Azure refuses it", failed),
        (400, "Md5Mismatch" or "Crc64Mismatch") => StorageException.Unavailable(store, blob, failed, "the content arrived damaged"),
        _ => StorageException.Unavailable(store, blob, failed, $"HTTP {failed.Status} {failed.ErrorCode}".TrimEnd()),
    };
}
