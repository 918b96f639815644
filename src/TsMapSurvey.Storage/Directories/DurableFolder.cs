using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TsMapSurvey.Storage.Directories;

/// <summary>Makes file names durable: on Unix a rename survives a power failure only after the folder was flushed.</summary>
[SuppressMessage("Interoperability", "SYSLIB1054", Justification = "LibraryImport would require unsafe code in the project")]
internal static class DurableFolder
{
    /// <summary>Creates a folder and its parents below <paramref name="root"/>, and flushes their names to disk.</summary>
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
    /// Deletes a folder and its parents while they are empty. Folders directly in <paramref name="root"/> are kept: users created them or
    /// expect to find them.
    /// </summary>
    /// <returns>The first folder that was kept.</returns>
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
                // If another process has deleted it, its parent is the first one kept.
                if (Directory.Exists(folder)) return folder;
            }

            folder = parent;
        }

        return folder;
    }

    /// <summary>Flushes a folder's entries to disk. Errors are ignored: not every file system can do this.</summary>
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
