using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TsMapSurvey.Storage.Directories;

/// <summary>Makes names durable: on Unix a rename outlives a power cut only when the folder itself is flushed.</summary>
[SuppressMessage("Interoperability", "SYSLIB1054", Justification = "LibraryImport would make the project unsafe code")]
internal static class DurableFolder
{
    /// <summary>Creates a folder and its parents up to <paramref name="root"/>, each durably.</summary>
    public static void Create(string folder, string root)
    {
        if (Directory.Exists(folder)) return;
        Directory.CreateDirectory(folder);
        for (var parent = Path.GetDirectoryName(folder); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            Flush(parent);
            if (parent.Length <= root.Length) return;
        }
    }

    /// <summary>
    /// Deletes a folder and its parents as long as nothing is in them, but for those that lie in <paramref name="root"/> itself, which
    /// users
    /// have made or look for.
    /// </summary>
    /// <returns>The first that stays.</returns>
    public static string DeleteEmpty(string folder, string root)
    {
        while (Path.GetDirectoryName(folder) is { } parent && parent.Length > root.Length)
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another one may have deleted it: then its parent is the first that stays.
                if (Directory.Exists(folder)) return folder;
            }

            folder = parent;
        }

        return folder;
    }

    /// <summary>Flushes the folder's entries to disk. Where the file system cannot, the names are as durable as it makes them.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0) return;
        _ = Fsync(descriptor);
        _ = Close(descriptor);
    }

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
