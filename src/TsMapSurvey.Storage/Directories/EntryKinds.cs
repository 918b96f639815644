using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TsMapSurvey.Storage.Directories;

internal enum EntryKind
{
    Nothing,
    File,
    Folder,
    Link,

    /// <summary>A FIFO, socket or device: opening one may block for ever, or do something.</summary>
    Special,
}

/// <summary>
/// What a path is, without following or opening it. .NET does not tell a FIFO from a file, so Linux is asked by statx, whose result has
/// one
/// layout on all processors (linux/stat.h); other systems by the attributes that .NET knows.
/// </summary>
[SuppressMessage("Interoperability", "SYSLIB1054", Justification = "LibraryImport would make the project unsafe code")]
internal static class EntryKinds
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint TypeOnly = 1;
    private const int ResultBytes = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;

    public static EntryKind Of(string path) => OperatingSystem.IsLinux() && OfStatx(path) is { } kind ? kind : OfAttributes(path);

    /// <summary>The first folder above a blob that is a link, as a name; null where there is none.</summary>
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
            // A file that Windows keeps elsewhere is a reparse point too, and no link.
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
