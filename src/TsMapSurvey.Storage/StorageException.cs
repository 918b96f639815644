namespace TsMapSurvey.Storage;

/// <summary>A store's failure, one of <see cref="StorageError"/>; all of them are made here.</summary>
public sealed class StorageException : Exception
{
    private StorageException(StorageError error, string? blob, string message, Exception? inner = null) : base(message, inner)
    {
        Error = error;
        Blob = blob;
    }

    public StorageError Error { get; }

    /// <summary>The blob's name; null where the failure is the store's as a whole.</summary>
    public string? Blob { get; }

    /// <summary>Whether the same call may succeed later. A write that failed so has an unknown outcome.</summary>
    public bool IsRetryable => Error is StorageError.Unavailable or StorageError.TimedOut;

    internal static StorageException NotFound(string store, string blob, Exception? inner = null) =>
        new(StorageError.NotFound, blob, $"{blob}: expected in {store}, found nothing", inner);

    internal static StorageException Changed(string store, string blob, string? expected, string? found, Exception? inner = null) =>
        new(StorageError.Changed, blob, $"{blob} in {store}: expected version {expected ?? "as opened"}, found {found ?? "another"}", inner);

    internal static StorageException TooLarge(string store, string blob, long length, long limit) =>
        new(StorageError.TooLarge, blob, $"{blob} in {store}: expected at most {limit} bytes, found {length}");

    internal static StorageException TooLarge(string store, string? blob, Exception inner) =>
        new(StorageError.TooLarge, blob, $"{blob}: larger than {store} takes", inner);

    internal static StorageException InvalidName(string name, string rule, Exception? inner = null) =>
        new(StorageError.InvalidName, name, $"'{Printable(name)}' cannot name a blob: {rule}", inner);

    internal static StorageException Denied(string store, string? blob, Exception inner) =>
        new(StorageError.Denied, blob, $"{blob ?? "access"}: {store} denies it ({FirstLine(inner)}); check the identity's role or the folder's owner", inner);

    /// <param name="freeBytes">What is left, for small records only; null: nothing.</param>
    internal static StorageException Full(string store, string? blob, Exception? inner, long? freeBytes = null)
    {
        var left = freeBytes is { } free ? $" ({free >> 10} KiB, kept for records and deletions)" : "";
        var text = $"{blob ?? "the store"}: no room left in {store}{left}; delete files or enlarge the disk";
        return new(StorageError.Full, blob, text, inner);
    }

    internal static StorageException Damaged(string store, string blob, string expected, string found, Exception? inner = null) =>
        new(StorageError.Damaged, blob, $"{blob} in {store}: expected {expected}, found {found}", inner);

    internal static StorageException LaterVersion(string store, string blob, string expected, string found) =>
        new(StorageError.LaterVersion, blob, $"{blob} in {store}: expected {expected}, found {found}, which a later version of this program wrote");

    internal static StorageException BadAddress(string found, string expected, Exception? inner = null) =>
        new(StorageError.BadAddress, null, $"{found} is no store: expected {expected}", inner);

    internal static StorageException BadQueue(string found, string expected, Exception? inner = null) =>
        new(StorageError.BadAddress, null, $"{found} is no queue: expected {expected}", inner);

    internal static StorageException Unavailable(string store, string? blob, Exception? inner, string? found = null) =>
        new(StorageError.Unavailable, blob, $"{blob ?? "the store"}: {store} is not available ({found ?? FirstLine(inner)})", inner);

    internal static StorageException TimedOut(string store, string? blob, TimeSpan? limit, Exception? inner) =>
        new(StorageError.TimedOut, blob, $"{blob ?? "the store"}: no answer from {store}" + (limit is { } l ? $" within {l.TotalSeconds:0.###} s" : " in time"), inner);

    private static string FirstLine(Exception? exception) => exception?.Message.Split('\n', 2)[0].TrimEnd() ?? "no reason given";

    private static string Printable(string name)
    {
        var shown = name.Length > 80 ? name[..80] + "…" : name;
        return string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? $"\\u{(int)c:x4}" : c.ToString()));
    }
}
