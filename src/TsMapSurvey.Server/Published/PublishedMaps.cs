using System.IO.Compression;
using TsMapSurvey.Estimators;
using TsMapSurvey.Fits;
using TsMapSurvey.Grains;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Published;

/// <summary>Decodes the blobs that tickets name. Published blobs are immutable, so the cache's keys are their names.</summary>
/// <exception cref="DamagedBlobException">Of every method: the blob is missing or damaged.</exception>
internal sealed class PublishedMaps(IBlobStore blobs, ByteCache cache, SiloMemory silo)
{
    /// <summary>Copies of a map's values that exist while an answer is made: a cut-out, colours, text.</summary>
    private const int CopiesOfAnswer = 3;

    /// <summary>A tile's FluxMaps. The model is taken from the survey's definition, since the published files have no MODEL.</summary>
    public Task<FluxMaps> FluxMapsAsync(string blob, TsMapOptions options, CancellationToken cancellationToken) => cache.GetAsync(
        blob, () => ReadAsync(blob, file => FluxMapsOf(file, options)), maps => maps.ByteSize, cancellationToken);

    /// <summary>A tile's stack with its halo.</summary>
    public Task<MapDataset> StackAsync(string blob, CancellationToken cancellationToken) => cache.GetAsync(
        blob, () => ReadAsync(blob, file => MapDatasetFile.Read(file)), DatasetBytes.Of, cancellationToken);

    /// <summary>A mosaic, which is the only image of its blob.</summary>
    public Task<Map<double>> ImageAsync(string blob, CancellationToken cancellationToken) => cache.GetAsync(
        blob, () => ReadAsync(blob, file => MapReader.Read(file, file.Hdus.OfType<FitsImage>().First(image => image.Count > 0))), map =>
            8L * map.Data.Length, cancellationToken);

    /// <summary>A picture made only of published blobs. Its name must contain everything that determines it.</summary>
    public Task<byte[]> PictureAsync(
        string name, Func<Task<Map<double>>> read, Func<Map<double>, byte[]> draw, CancellationToken cancellationToken) =>
        cache.GetAsync(
            name, async () => await UseAsync(await read(), draw, CancellationToken.None), bytes => bytes.Length, cancellationToken);

    /// <summary>Makes something from a map, after waiting for enough memory.</summary>
    public async Task<T> UseAsync<T>(Map<double> map, Func<Map<double>, T> make, CancellationToken cancellationToken)
    {
        var what = $"an answer made of {map.Geometry.Width} x {map.Geometry.Height} pixels";
        using var room = await silo.Work.AdmitAsync(what, CopiesOfAnswer * 8.0 * map.Geometry.Count, cancellationToken);
        return make(map);
    }

    /// <summary>The blob, after its checksums were verified.</summary>
    public async Task<Stream> OpenAsync(string blob, CancellationToken cancellationToken)
    {
        var found = await blobs.FindAsync(blob, cancellationToken) ?? throw DamagedBlobException.Missing(blob);
        await cache.GetAsync($"{blob} {found.ETag}", () => CheckAsync(blob, found.ETag), verdict => verdict.Length, cancellationToken);
        return await blobs.OpenReadAsync(blob, found.ETag, cancellationToken) ?? throw DamagedBlobException.Missing(blob);
    }

    /// <summary>The FITS content, decompressed if the blob is compressed; then the stream cannot seek.</summary>
    public async Task<Stream> OpenPlainAsync(string blob, CancellationToken cancellationToken)
    {
        var stream = await OpenAsync(blob, cancellationToken);
        return IsCompressed(blob) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    /// <summary>
    /// Verifies and decodes the blob in one pass: an uncompressed one is copied into memory, a compressed one is decompressed on the way.
    /// </summary>
    private async Task<T> ReadAsync<T>(string blob, Func<FitsFile, T> read)
    {
        await using var stream = await blobs.OpenReadAsync(blob, null, CancellationToken.None) ?? throw DamagedBlobException.Missing(blob);
        using var content = new MemoryStream();
        if (!IsCompressed(blob)) await stream.CopyToAsync(content);
        content.Position = 0;
        return await DecodeAsync(IsCompressed(blob) ? stream : content, blob, read);
    }

    /// <returns>The ETag, as a cached result that says the version is valid.</returns>
    private async Task<string> CheckAsync(string blob, string eTag)
    {
        await using var stream = await blobs.OpenReadAsync(blob, eTag, CancellationToken.None) ?? throw DamagedBlobException.Missing(blob);
        try
        {
            using var file = FitsFile.Open(stream, blob, FitsLimits.InParts);
            file.EnsureIntact();
            return eTag;
        }
        catch (FitsException exception)
        {
            throw new DamagedBlobException(blob, exception.Message, exception);
        }
    }

    /// <summary>Waits for the memory that the headers require, then decodes.</summary>
    private async Task<T> DecodeAsync<T>(Stream stream, string blob, Func<FitsFile, T> read)
    {
        try
        {
            using var file = FitsFile.Open(stream, blob, FitsLimits.InParts);
            file.EnsureIntact();
            using var room = await silo.Work.AdmitAsync(blob, DatasetBytes.OfFile(file), CancellationToken.None);
            return read(file);
        }
        catch (Exception exception) when (exception is FitsException or MapException)
        {
            throw new DamagedBlobException(blob, exception.Message, exception);
        }
    }

    private static bool IsCompressed(string blob) => blob.EndsWith(".gz", StringComparison.Ordinal);

    private static FluxMaps FluxMapsOf(FitsFile file, TsMapOptions options)
    {
        var maps = new Dictionary<string, Map<double>>();
        foreach (var image in file.Hdus.OfType<FitsImage>())
            if (image.Count > 0) maps[image.Name.ToLowerInvariant()] = MapReader.Read(file, image);
        return new FluxMaps(maps["norm"].Geometry, maps, options.Model, options.NSigma, options.NSigmaUl, null, []);
    }
}
