using System.Runtime.InteropServices;

namespace TsMapSurvey.Likelihood.Tests;

/// <summary>
/// Numbers directly before or after a protected memory page: reading one element too many ends the process.
/// </summary>
internal sealed unsafe partial class Guarded : IDisposable
{
    private const int Page = 4096;
    private readonly nint _start;
    private readonly nuint _bytes;
    private readonly double* _values;
    private readonly int _length;

    public Guarded(ReadOnlySpan<double> values, bool guardBehind)
    {
        var data = (nuint)((values.Length * sizeof(double) + Page - 1) / Page * Page);
        (_bytes, _length) = (data + 2 * Page, values.Length);
        _start = MemoryMap(0, _bytes, 3, 0x22, -1, 0);
        if (_start == -1) throw new InvalidOperationException("mmap failed");
        if (Protect(_start, Page, 0) != 0 || Protect(_start + Page + (nint)data, Page, 0) != 0)
            throw new InvalidOperationException("mprotect failed");
        _values = (double*)(guardBehind ? _start + Page + (nint)data - values.Length * sizeof(double) : _start + Page);
        values.CopyTo(Span);
    }

    public Span<double> Span => new(_values, _length);

    public void Dispose()
    {
        if (Unmap(_start, _bytes) != 0) throw new InvalidOperationException("munmap failed");
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint MemoryMap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
