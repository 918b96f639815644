using System.Net.Sockets;
using System.Xml;
using Azure;
using Azure.Identity;

namespace TsMapSurvey.Storage;

/// <summary>
/// All failures of this library, each with found and expected; <see cref="From"/> maps the exceptions of the layers below.
/// </summary>
internal static class StorageErrors
{
    // Unix errno and Windows HRESULT of a full disk, an exceeded quota (Linux, macOS) and a read-only file system.
    private const int ErrorNoSpace = 28;
    private const int ErrorQuota = 122;
    private const int ErrorQuotaOfMac = 69;
    private const int ErrorDiskFull = unchecked((int)0x80070070);
    private const int ErrorReadOnly = 30;
    private const int ErrorWriteProtected = unchecked((int)0x80070013);

    public static StorageException NotFound(string store, string blob, Exception? inner = null) =>
        new(StorageError.NotFound, blob, $"{blob}: expected in {store}, found nothing", inner);

    public static StorageException Changed(string store, string blob, string? expected, string? found, Exception? inner = null) =>
        new(StorageError.Changed, blob, $"{blob} in {store}: expected version {expected ?? "as opened"}, found {found ?? "another"}",
            inner);

    public static StorageException TooLarge(string store, string blob, long length, long limit) =>
        new(StorageError.TooLarge, blob, $"{blob} in {store}: expected at most {limit} bytes, found {length} bytes");

    public static StorageException TooLarge(string store, string? blob, Exception inner) =>
        new(StorageError.TooLarge, blob, $"{blob}: larger than {store} takes", inner);

    public static StorageException InvalidName(string name, string rule, Exception? inner = null) =>
        new(StorageError.InvalidName, name, $"'{Printable(name)}' cannot name a blob: {rule}", inner);

    public static StorageException Denied(string store, string? blob, Exception inner) =>
        new(StorageError.Denied, blob,
            $"{blob ?? "the store"}: {store} denies access ({FirstLine(inner)}); check the identity's role or the folder's owner", inner);

    /// <param name="freeBytes">The free space that is reserved for small records; null if nothing is free.</param>
    public static StorageException Full(string store, string? blob, Exception? inner, long? freeBytes = null)
    {
        var left = freeBytes is { } free ? $" (the remaining {free >> 10} KiB are reserved for records and deletions)" : "";
        var text = $"{blob ?? "the store"}: no space left in {store}{left}; delete files or enlarge the disk";
        return new(StorageError.Full, blob, text, inner);
    }

    public static StorageException Damaged(string store, string blob, string expected, string found, Exception? inner = null) =>
        new(StorageError.Damaged, blob, $"{blob} in {store}: expected {expected}, found {found}", inner);

    public static StorageException LaterVersion(string store, string blob, string expected, string found) =>
        new(StorageError.LaterVersion, blob,
            $"{blob} in {store}: expected {expected}, found {found}, written by a later version of this program; update this server");

    public static StorageException BadAddress(string found, string expected, Exception? inner = null) =>
        new(StorageError.BadAddress, null, $"{found} is not the address of a store: expected {expected}", inner);

    public static StorageException BadQueue(string found, string expected, Exception? inner = null) =>
        new(StorageError.BadAddress, null, $"{found} is not a queue: expected {expected}", inner);

    public static StorageException Unavailable(string store, string? blob, Exception? inner, string? found = null) =>
        new(StorageError.Unavailable, blob, $"{blob ?? "the store"}: {store} is not available ({found ?? FirstLine(inner)})", inner);

    public static StorageException TimedOut(string store, string? blob, TimeSpan? limit, Exception? inner) =>
        new(StorageError.TimedOut, blob, $"{blob ?? "the store"}: no answer from {store}"
            + (limit is { } l ? $" within {l.TotalSeconds:0.###} s" : " in time"), inner);

    public static bool IsDiskFull(IOException exception) =>
        exception.HResult is ErrorNoSpace or ErrorQuota or ErrorQuotaOfMac or ErrorDiskFull;

    /// <summary>Maps an exception to the store's failure. Null for a defect of the program or the caller's own cancellation.</summary>
    public static StorageException? From(Exception exception, string store, string? blob, CancellationToken cancellationToken) =>
        exception switch
        {
            StorageException known => known,
            AggregateException { InnerExceptions: [.., var last] } => From(last, store, blob, cancellationToken),
            RequestFailedException failed => FromAzure(failed, store, blob),
            AuthenticationFailedException => Denied(store, blob, exception),
            OperationCanceledException when cancellationToken.IsCancellationRequested => null,
            OperationCanceledException => TimedOut(store, blob, null, exception),
            UnauthorizedAccessException => Denied(store, blob, exception),
            FileNotFoundException or DirectoryNotFoundException => NotFound(store, blob ?? "", exception),
            PathTooLongException => InvalidName(blob ?? "", "the path is too long for this folder", exception),
            InvalidDataException => Unavailable(store, blob, exception, "the content arrived damaged"),
            // The SDK throws this for an answer that is cut or is not XML, as proxies before the storage may send.
            XmlException => Unavailable(store, blob, exception, "the answer arrived damaged"),
            IOException { HResult: ErrorReadOnly or ErrorWriteProtected } => Denied(store, blob, exception),
            IOException io when IsDiskFull(io) => Full(store, blob, exception),
            IOException or HttpRequestException or SocketException => Unavailable(store, blob, exception),
            _ => null,
        };

    private static StorageException FromAzure(RequestFailedException failed, string store, string? blob) =>
        (failed.Status, failed.ErrorCode) switch
        {
            (401 or 403, _) => Denied(store, blob, failed),
            (404, _) => NotFound(store, blob ?? "", failed),
            (412, _) => Changed(store, blob ?? "", null, null, failed),
            (413, _) => TooLarge(store, blob, failed),
            (400, "InvalidResourceName" or "OutOfRangeInput" or "InvalidUri") => InvalidName(blob ?? "", "Azure refuses it", failed),
            (400, "Md5Mismatch" or "Crc64Mismatch") => Unavailable(store, blob, failed, "the content arrived damaged"),
            _ => Unavailable(store, blob, failed, $"HTTP {failed.Status} {failed.ErrorCode}".TrimEnd()),
        };

    private static string FirstLine(Exception? exception) => exception?.Message.Split('\n', 2)[0].TrimEnd() ?? "no reason given";

    private static string Printable(string name)
    {
        var shown = name.Length > 80 ? name[..80] + "…" : name;
        return string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? $"\\u{(int)c:x4}" : c.ToString()));
    }
}
