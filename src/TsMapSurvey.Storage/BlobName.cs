using System.Text;

namespace TsMapSurvey.Storage;

/// <summary>
/// The names that every store accepts: segments joined by '/', each of 1 to 250 UTF-8 bytes, 1000 bytes in total. Not allowed are
/// backslashes, control characters, lone surrogates, and segments that start or end with '.' or a space ('.' hides a file, ".." leaves the
/// folder, Azure drops trailing dots).
/// </summary>
public static class BlobName
{
    internal const int MaxBytes = 1000;
    internal const int MaxSegmentBytes = 250;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Null for a valid name, otherwise the rule that it breaks.</summary>
    public static string? Fault(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0) return "it is empty";
        if (name.Length > MaxBytes) return $"it has more than {MaxBytes} bytes";
        try
        {
            if (Strict.GetByteCount(name) > MaxBytes) return $"it has more than {MaxBytes} bytes";
        }
        catch (EncoderFallbackException)
        {
            return "it has a lone surrogate";
        }

        foreach (var character in name)
            if (char.IsControl(character) || character == '\\') return "it has a control character or a backslash";
        foreach (var range in name.AsSpan().Split('/'))
            if (SegmentFault(name.AsSpan()[range]) is { } fault) return fault;
        return null;
    }

    /// <exception cref="StorageException">InvalidName, with the broken rule.</exception>
    public static void Check(string name)
    {
        if (Fault(name) is { } fault) throw StorageErrors.InvalidName(name, fault);
    }

    /// <summary>Checks a name that must be a single segment, such as that of a survey, a tile or a map.</summary>
    internal static void CheckSegment(string name)
    {
        Check(name);
        if (name.Contains('/', StringComparison.Ordinal)) throw StorageErrors.InvalidName(name, "it must be one segment, without '/'");
    }

    /// <summary>Checks a prefix: complete segments, and possibly the start of another.</summary>
    internal static void CheckPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var folder = prefix[..(prefix.LastIndexOf('/') + 1)];
        if (folder.Length > 0) Check(folder[..^1]);
        if (Fault(folder + "x" + prefix[folder.Length..].TrimEnd(' ', '.') + "x") is { } fault)
            throw StorageErrors.InvalidName(prefix, fault);
    }

    /// <summary>Whether a segment starts with a dot. Such blobs are never listed.</summary>
    internal static bool IsHidden(string name) => name.StartsWith('.') || name.Contains("/.", StringComparison.Ordinal);

    private static string? SegmentFault(ReadOnlySpan<char> segment)
    {
        if (segment.IsEmpty) return "it has an empty segment";
        if (segment[0] is '.' or ' ') return "a segment starts with a dot or a space";
        if (segment[^1] is '.' or ' ') return "a segment ends with a dot or a space";
        return Strict.GetByteCount(segment) > MaxSegmentBytes ? $"a segment has more than {MaxSegmentBytes} bytes" : null;
    }
}
