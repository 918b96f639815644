using System.IO.Compression;
using TsMapSurvey.Fits;
using TsMapSurvey.Grains;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Estimators;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server;

/// <summary>The blobs that tickets name, decoded: they never change, so their names are all that a cache needs.</summary>
internal sealed class PublishedMaps(IBlobStore blobs, ByteCache cache, SiloMemory silo)
{
    /// <summary>Of a map's values, while an answer is made of them: a cut-out, colours, text.</summary>
    private const int CopiesOfAnswer = 3;

    /// <summary>A tile's FluxMaps, with the model of the survey's definition: what is served has no MODEL.</summary>
    public Task<FluxMaps> FluxMapsAsync(string blob, TsMapOptions options, CancellationToken cancellationToken) => cache.GetAsync(
        blob, () => ReadAsync(blob, file => FluxMapsOf(file, options)), maps => maps.Stored.Count * 8L * maps.Geometry.Count, cancellationToken);

    /// <summary>The same from a stream that is open already, under a name of its own.</summary>
    public Task<FluxMaps> FluxMapsAsync(string name, Stream stream, TsMapOptions options, CancellationToken cancellationToken) => cache.GetAsync(
        name, () => DecodeAsync(stream, name, file => FluxMapsOf(file, options)), maps => maps.Stored.Count * 8L * maps.Geometry.Count, cancellationToken);

    /// <summary>A tile's stack, halo included.</summary>
    public Task<MapDataset> StackAsync(string blob, CancellationToken cancellationToken) => cache.GetAsync(
        blob, () => ReadAsync(blob, file => MapDatasetFile.Read(file)), DatasetBytes.Of, cancellationToken);

    /// <summary>A mosaic: the blob's one image.</summary>
    public Task<Map<double>> ImageAsync(string blob, CancellationToken cancellationToken) => cache.GetAsync(
        blob, () => ReadAsync(blob, file => MapReader.Read(file, file.Hdus.OfType<FitsImage>().First(image => image.Count > 0))), map => 8L * map.Data.Length, cancellationToken);

    /// <summary>A picture of published blobs alone, under a name that says all that went in.</summary>
    public Task<byte[]> PictureAsync(string name, Func<Task<Map<double>>> read, Func<Map<double>, byte[]> draw, CancellationToken cancellationToken) =>
        cache.GetAsync(name, async () => await UseAsync(await read(), draw, CancellationToken.None), bytes => bytes.Length, cancellationToken);

    /// <summary>Makes something of a map when there is memory for it.</summary>
    public async Task<T> UseAsync<T>(Map<double> map, Func<Map<double>, T> make, CancellationToken cancellationToken)
    {
        using var room = await silo.Work.AdmitAsync($"an answer made of {map.Geometry.Width} x {map.Geometry.Height} pixels", CopiesOfAnswer * 8.0 * map.Geometry.Count, cancellationToken);
        return make(map);
    }

    /// <summary>The blob itself.</summary>
    public async Task<Stream> OpenAsync(string blob, CancellationToken cancellationToken) =>
        await blobs.OpenReadAsync(blob, null, cancellationToken) ?? throw RequestFaults.Gone("download", blob);

    /// <summary>The FITS in the blob, also where that is compressed; then it cannot seek.</summary>
    public async Task<Stream> OpenPlainAsync(string blob, CancellationToken cancellationToken)
    {
        var stream = await OpenAsync(blob, cancellationToken);
        return blob.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    private async Task<T> ReadAsync<T>(string blob, Func<FitsFile, T> read) => await DecodeAsync(await OpenAsync(blob, CancellationToken.None), blob, read);

    /// <summary>The headers tell how much memory the data will take.</summary>
    private async Task<T> DecodeAsync<T>(Stream stream, string name, Func<FitsFile, T> read)
    {
        using var file = FitsFile.Open(stream, name, FitsLimits.InParts);
        using var room = await silo.Work.AdmitAsync(name, DatasetBytes.OfFile(file), CancellationToken.None);
        return read(file);
    }

    private static FluxMaps FluxMapsOf(FitsFile file, TsMapOptions options)
    {
        var maps = new Dictionary<string, Map<double>>();
        foreach (var image in file.Hdus.OfType<FitsImage>())
            if (image.Count > 0) maps[image.Name.ToLowerInvariant()] = MapReader.Read(file, image);
        return new FluxMaps(maps["norm"].Geometry, maps, options.Model, options.NSigma, options.NSigmaUl, null, []);
    }
}
