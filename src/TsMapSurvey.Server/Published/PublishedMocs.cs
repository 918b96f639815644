using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Published;

/// <summary>Decodes published coverages. They are immutable, so the cache's keys are their names.</summary>
/// <exception cref="DamagedBlobException">Of every method: the blob is missing or damaged.</exception>
internal sealed class PublishedMocs(IBlobStore blobs, ByteCache cache)
{
    private const int BytesOfEmpty = 100;

    public Task<Moc> SpaceAsync(string blob, CancellationToken cancellationToken) => cache.GetAsync(
        blob, () => ReadAsync(blob, MocFile.Read), moc => BytesOfEmpty + moc.ByteSize, cancellationToken);

    public Task<SpaceTimeMoc> SpaceTimeAsync(string blob, CancellationToken cancellationToken) => cache.GetAsync(
        blob, () => ReadAsync(blob, MocFile.ReadSpaceTime), moc => BytesOfEmpty + 16 * moc.RangeCount, cancellationToken);

    /// <summary>Text or a file made of a published coverage.</summary>
    /// <param name="name">Must contain everything that determines it.</param>
    public Task<byte[]> FormAsync(string name, Func<Task<byte[]>> make, CancellationToken cancellationToken) =>
        cache.GetAsync(name, make, bytes => bytes.Length, cancellationToken);

    private async Task<T> ReadAsync<T>(string blob, Func<FitsFile, T> read)
    {
        var content = await blobs.ReadAsync(blob, CancellationToken.None) ?? throw DamagedBlobException.Missing(blob);
        try
        {
            using var file = FitsFile.Open(new MemoryStream(content.Bytes.ToArray()), blob);
            file.EnsureIntact();
            return read(file);
        }
        catch (Exception exception) when (exception is FitsException or MapException)
        {
            throw new DamagedBlobException(blob, exception.Message, exception);
        }
    }
}
