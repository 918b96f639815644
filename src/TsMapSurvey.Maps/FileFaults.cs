namespace TsMapSurvey.Maps;

/// <summary>What the operating system says of a file, in a line that a user can act on.</summary>
public static class FileFaults
{
    private const int NoSpaceOnUnix = 28;
    private const int QuotaOnUnix = 122;
    private const int DiskFullOnWindows = unchecked((int)0x80070070);

    /// <summary>Path, what is wrong, what to do. What is no failure of a file keeps its own message.</summary>
    public static string Line(Exception failure)
    {
        if (Reason(failure) is not { } reason) return failure.Message;
        return PathOf(failure) is { } path ? $"{path}: {reason}" : reason;
    }

    /// <summary>The same without the path, for messages that name it already.</summary>
    public static string What(Exception failure) => Reason(failure) ?? failure.Message;

    private static string? Reason(Exception failure) => failure switch
    {
        FileNotFoundException => "no such file; check its name and the folder",
        DirectoryNotFoundException => "a folder of this path does not exist; create it first, or check the name",
        UnauthorizedAccessException when PathOf(failure) is { } path && Directory.Exists(path) =>
            "this is a folder, or one that may not be written into; name a file",
        UnauthorizedAccessException => "permission denied; change the permissions of the file or the folder, or choose another place",
        PathTooLongException => "the path is too long for this system; choose a shorter name",
        IOException { HResult: NoSpaceOnUnix or QuotaOnUnix or DiskFullOnWindows } =>
            "no space left on the disk; free some, or write elsewhere",
        _ => null,
    };

    /// <summary>The path that .NET puts between quotes; null where there is none.</summary>
    private static string? PathOf(Exception failure)
    {
        if (failure is FileNotFoundException { FileName: { Length: > 0 } name }) return name;
        var (first, last) = (failure.Message.IndexOf('\'', StringComparison.Ordinal), failure.Message.LastIndexOf('\''));
        return last > first + 1 ? failure.Message[(first + 1)..last] : null;
    }
}
