namespace TsMapSurvey.Fits;

/// <summary>Bytes read by offset. Reads are thread-safe.</summary>
internal abstract class FitsSource : IDisposable
{
    /// <summary>
    /// The smaller of <paramref name="end"/> and the source's length. If the length is not yet known, reads until the end of the source or
    /// until <paramref name="end"/>.
    /// </summary>
    public abstract long AvailableUpTo(long end);

    /// <summary>Fills the destination and returns the number of bytes read, which is less only at the end of the source.</summary>
    public abstract int Read(long offset, Span<byte> destination);

    public abstract void Dispose();
}
