using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace TsMapSurvey.Storage.Directories;

/// <summary>What happened to an entry of a watched folder, as bits: the constants of inotify(7).</summary>
[Flags]
internal enum InotifyChanges : uint
{
    None = 0,

    /// <summary>A file that was open for writing was closed.</summary>
    Closed = 0x8,
    MovedFrom = 0x40,
    MovedTo = 0x80,
    Created = 0x100,

    /// <summary>The queue was full, and notifications were lost.</summary>
    Overflow = 0x4000,

    /// <summary>The folder is no longer watched, because it was deleted or <see cref="Inotify.Remove"/> was called.</summary>
    Ignored = 0x8000,
    OnlyFolders = 0x0100_0000,
    NotThroughLinks = 0x0200_0000,

    /// <summary>The entry is a folder.</summary>
    OfFolder = 0x4000_0000,
}

/// <param name="Folder">The watched folder's number; -1 if notifications were lost.</param>
/// <param name="Name">The entry's name in the folder; empty if the folder itself is meant.</param>
internal readonly record struct InotifyEvent(int Folder, InotifyChanges Changes, string Name);

/// <summary>
/// The calls of Linux's inotify(7). .NET's FileSystemWatcher uses it too, but reports a file that was moved into a folder just like one
/// that is being created there.
/// </summary>
[SuppressMessage("Interoperability", "SYSLIB1054", Justification = "LibraryImport would require unsafe code in the project")]
internal sealed class Inotify
{
    private const int CloseOnExec = 0x80000;
    private const int HeaderBytes = 16;
    private const short Readable = 1;
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly int _queue;
    private readonly int _end;

    /// <exception cref="IOException">The limit of inotify instances or of open files is reached.</exception>
    public Inotify()
    {
        if ((_queue = Start(CloseOnExec)) < 0) throw Failure("the notifications of the operating system cannot be started");
        if ((_end = EventFile(0, CloseOnExec)) >= 0) return;
        var failure = Failure("the notifications of the operating system cannot be started");
        _ = CloseFile(_queue);
        throw failure;
    }

    /// <summary>Watches the entries of a folder, or changes what is watched.</summary>
    /// <returns>The folder's number, the same for each call; null if the path is not a folder that can be read.</returns>
    /// <exception cref="IOException">The limit of watched folders is reached.</exception>
    public int? Add(string path, InotifyChanges changes)
    {
        if (AddWatch(_queue, path, (uint)changes) is var folder and >= 0) return folder;
        return (Error)Marshal.GetLastPInvokeError() is Error.NoSpace or Error.NoMemory
            ? throw Failure($"{path} cannot be watched for changes") : null;
    }

    public void Remove(int folder) => _ = RemoveWatch(_queue, folder);

    /// <summary>Waits for notifications; null after <see cref="Stop"/>. Called by one thread.</summary>
    public IReadOnlyList<InotifyEvent>? Read()
    {
        var files = new[] { new Polled { File = _queue, Wanted = Readable }, new Polled { File = _end, Wanted = Readable } };
        while (true)
        {
            if (Poll(files, (nuint)files.Length, -1) < 0)
            {
                if ((Error)Marshal.GetLastPInvokeError() != Error.Interrupted) return null;
                continue;
            }

            if (files[1].Found != 0) return null;
            if (ReadFile(_queue, _buffer, _buffer.Length) is var length and > 0) return Parse(_buffer.AsSpan(0, (int)length));
            if ((Error)Marshal.GetLastPInvokeError() != Error.Interrupted) return null;
        }
    }

    /// <summary>Ends <see cref="Read"/>, whatever it waits for. Called by any thread, before <see cref="Close"/>.</summary>
    public void Stop() => _ = WriteFile(_end, BitConverter.GetBytes(1L), sizeof(long));

    /// <summary>Called after the last <see cref="Read"/> has returned.</summary>
    public void Close()
    {
        _ = CloseFile(_queue);
        _ = CloseFile(_end);
    }

    /// <summary>Each is the folder's number, the changes, a cookie, the length of the name, and the name filled up with zeros.</summary>
    private static List<InotifyEvent> Parse(ReadOnlySpan<byte> bytes)
    {
        var events = new List<InotifyEvent>();
        for (; bytes.Length >= HeaderBytes;)
        {
            var length = MemoryMarshal.Read<int>(bytes[12..]);
            var name = bytes.Slice(HeaderBytes, length);
            events.Add(new InotifyEvent(
                MemoryMarshal.Read<int>(bytes), (InotifyChanges)MemoryMarshal.Read<uint>(bytes[4..]),
                Encoding.UTF8.GetString(name.TrimEnd((byte)0))));
            bytes = bytes[(HeaderBytes + length)..];
        }

        return events;
    }

    private static IOException Failure(string what) =>
        new($"{what}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())} (see the limits in /proc/sys/fs/inotify)");

    [DllImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static extern int Start(int flags);

    [DllImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false,
        ThrowOnUnmappableChar = true)]
    private static extern int AddWatch(int queue, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint changes);

    [DllImport("libc", EntryPoint = "inotify_rm_watch")]
    private static extern int RemoveWatch(int queue, int folder);

    [DllImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static extern int EventFile(uint value, int flags);

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static extern int Poll([In, Out] Polled[] files, nuint count, int milliseconds);

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    private static extern nint ReadFile(int file, [Out] byte[] buffer, nint length);

    [DllImport("libc", EntryPoint = "write")]
    private static extern nint WriteFile(int file, byte[] buffer, nint length);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int CloseFile(int file);

    private enum Error
    {
        Interrupted = 4,
        NoMemory = 12,
        NoSpace = 28,
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int File;
        public short Wanted;
        public short Found;
    }
}
