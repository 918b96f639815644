using Microsoft.Win32.SafeHandles;

namespace TsMapSurvey.Storage.Directories;

/// <summary>A file opened for reading that others may write or rename, and its version when it was opened.</summary>
internal sealed class OpenedFile : IDisposable
{
    private OpenedFile(SafeFileHandle handle)
    {
        Handle = handle;
        Length = RandomAccess.GetLength(handle);
        ETag = CurrentETag();
    }

    public SafeFileHandle Handle { get; }

    public long Length { get; }

    public string ETag { get; }

    /// <summary>Null if there is no such file, or if it is not a regular file: opening that could block.</summary>
    public static OpenedFile? TryOpen(string path)
    {
        if (EntryKinds.Of(path) != EntryKind.File) return null;
        try
        {
            return new OpenedFile(File.OpenHandle(path, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException
            || (e is UnauthorizedAccessException && Directory.Exists(path)) || IsBelowAFile(e, path))
        {
            return null;
        }
    }

    public string CurrentETag() => FileVersion.ETag(File.GetLastWriteTimeUtc(Handle), RandomAccess.GetLength(Handle));

    public void Dispose() => Handle.Dispose();

    // Opening "a/b" where "a" is a file fails with ENOTDIR, which arrives as a plain IOException.
    private static bool IsBelowAFile(Exception e, string path) => e is IOException && File.Exists(Path.GetDirectoryName(path));
}
