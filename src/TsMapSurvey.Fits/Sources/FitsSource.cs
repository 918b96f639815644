namespace TsMapSurvey.Fits;

/// <summary>Bytes by offset. Reads may come from several threads.</summary>
internal abstract class FitsSource : IDisposable
{
    /// <summary>
    /// The smaller of <paramref name="end"/> and the length. Where the length is not known yet, reads on until it is or <paramref
    /// name="end"/> is reached.
    /// </summary>
    public abstract long AvailableUpTo(long end);

    /// <summary>Fills the destination as far as the source goes; the number of bytes filled.</summary>
    public abstract int Read(long offset, Span<byte> destination);

    public abstract void Dispose();
}
