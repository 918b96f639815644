using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TsMapSurvey.Storage.Directories;

internal enum EntryKind
{
    Nothing,
    File,
    Folder,
    Link,

    /// <summary>A FIFO, socket or device. Opening one may block forever or have side effects.</summary>
    Special,
}

/// <summary>
/// The kind of a path, found without following or opening it. .NET does not distinguish a FIFO from a file, so on Linux statx is called;
/// its result has the same layout on all processors (linux/stat.h). Other systems use .NET's file attributes.
/// </summary>
[SuppressMessage("Interoperability", "SYSLIB1054", Justification = "LibraryImport would require unsafe code in the project")]
internal static class EntryKinds
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint TypeOnly = 1;
    private const int ResultBytes = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;

    public static EntryKind Of(string path) => OperatingSystem.IsLinux() && OfStatx(path) is { } kind ? kind : OfAttributes(path);

    /// <summary>The name of the first folder above a blob that is a link; null if there is none.</summary>
    public static string? LinkAbove(string root, string name)
    {
        for (var slash = name.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = name.IndexOf('/', slash + 1))
            if (Of(Path.Combine(root, name[..slash])) == EntryKind.Link) return name[..slash];
        return null;
    }

    private static EntryKind? OfStatx(string path)
    {
        var result = new byte[ResultBytes];
        try
        {
            if (Statx(CurrentFolder, path, NoFollow, TypeOnly, result) != 0) return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }

        return (BitConverter.ToUInt16(result, ModeOffset) & TypeMask) switch
        {
            0x8000 => EntryKind.File,
            0x4000 => EntryKind.Folder,
            0xA000 => EntryKind.Link,
            _ => EntryKind.Special,
        };
    }

    private static EntryKind OfAttributes(string path)
    {
        try
        {
            var attributes = File.GetAttributes(path);
            // On Windows, placeholders of cloud files are reparse points too, but not links.
            if (attributes.HasFlag(FileAttributes.ReparsePoint) && new FileInfo(path).LinkTarget is not null) return EntryKind.Link;
            if (attributes.HasFlag(FileAttributes.Directory)) return EntryKind.Folder;
            return attributes.HasFlag(FileAttributes.Device) ? EntryKind.Special : EntryKind.File;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return EntryKind.Nothing;
        }
    }

    [DllImport("libc", EntryPoint = "statx", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Statx(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] result);
}
