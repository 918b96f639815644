namespace TsMapSurvey.Fits.Tests;

/// <summary>Counts the bytes read of a file in memory.</summary>
internal sealed class CountingStream(byte[] content, bool canSeek = true) : MemoryStream(content)
{
    public long BytesRead { get; set; }

    public override bool CanSeek => canSeek;

    /// <summary>The overload for spans comes here too, as in every class derived from MemoryStream.</summary>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = base.Read(buffer, offset, count);
        BytesRead += read;
        return read;
    }
}
