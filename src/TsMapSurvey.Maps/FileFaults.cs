namespace TsMapSurvey.Maps;

/// <summary>Messages for file errors of the operating system that tell the user what to do.</summary>
public static class FileFaults
{
    private const int NoSpaceOnUnix = 28;
    private const int QuotaOnUnix = 122;
    private const int DiskFullOnWindows = unchecked((int)0x80070070);

    /// <summary>A line with the path, the problem and the remedy. Other exceptions keep their own message.</summary>
    public static string Line(Exception failure)
    {
        if (Reason(failure) is not { } reason) return failure.Message;
        return PathOf(failure) is { } path ? $"{path}: {reason}" : reason;
    }

    /// <summary>The same line without the path, for messages that already contain it.</summary>
    public static string What(Exception failure) => Reason(failure) ?? failure.Message;

    private static string? Reason(Exception failure) => failure switch
    {
        FileNotFoundException => "no such file; check its name and the folder",
        DirectoryNotFoundException => "a folder of this path does not exist; create it first, or check the name",
        UnauthorizedAccessException when PathOf(failure) is { } path && Directory.Exists(path) =>
            "this is a folder, or a folder without write permission; give the name of a file",
        UnauthorizedAccessException => "permission denied; change the permissions of the file or the folder, or choose another place",
        PathTooLongException => "the path is too long for this system; choose a shorter name",
        IOException { HResult: NoSpaceOnUnix or QuotaOnUnix or DiskFullOnWindows } =>
            "no space left on the disk; free some space, or write to another disk",
        _ => null,
    };

    /// <summary>The path that .NET quotes in its message; null if there is none.</summary>
    private static string? PathOf(Exception failure)
    {
        if (failure is FileNotFoundException { FileName: { Length: > 0 } name }) return name;
        var (first, last) = (failure.Message.IndexOf('\'', StringComparison.Ordinal), failure.Message.LastIndexOf('\''));
        return last > first + 1 ? failure.Message[(first + 1)..last] : null;
    }
}
