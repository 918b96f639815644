using TsMapSurvey.Fits;
using TsMapSurvey.Grains.Compute;
using TsMapSurvey.Hips;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Vo.Hips;

/// <summary>
/// Makes the tiles of a HiPS as FITS files. A tile shows the pixels of the survey's tiles if they are not smaller than its own; every other
/// one is made of its four children. Those above the deepest order are kept in the store. Files are cached by what they are made of, so
/// that a new version makes only those anew in which a tile of the survey has changed.
/// </summary>
/// <exception cref="DamagedBlobException">Of every method: a blob of a tile of the survey is missing or damaged.</exception>
internal sealed class HipsTiles(LayerImages images, HipsParents parents, ByteCache cache, ComputeGate gate) : IDisposable
{
    /// <summary>Tiles of one order that are being joined, which hold memory while they wait for those of the next order.</summary>
    private const int JoinedAtOnce = 2;

    private readonly SemaphoreSlim[] _joining =
        [.. Enumerable.Range(0, HipsOrders.Deepest).Select(_ => new SemaphoreSlim(JoinedAtOnce, JoinedAtOnce))];

    private readonly SemaphoreSlim _allsky = new(1, 1);

    /// <param name="cell">A tile that the pyramid has.</param>
    public Task<byte[]> FitsAsync(HipsVersion version, HealpixCell cell, CancellationToken cancellationToken) =>
        cache.GetAsync(Key(version, cell), () => MakeAsync(version, cell), bytes => bytes.Length, cancellationToken);

    /// <summary>A tile of order 3 in its size in the Allsky image. These small pieces outlive the tiles in the cache.</summary>
    private Task<float[]> ShrunkAsync(HipsVersion version, HealpixCell cell, CancellationToken cancellationToken) => cache.GetAsync(
        $"{Key(version, cell)}/allsky",
        async () =>
        {
            var isCut = version.SampledFrom == 0;
            var from = isCut ? new HealpixCell(0, cell.Index >> (2 * cell.Order)) : cell;
            var tile = await FitsAsync(version, from, CancellationToken.None);
            return await ComputeAsync(() => isCut
                ? AllskyImage.Cut(Pixels(tile), cell) : AllskyImage.Shrink(Pixels(tile), version.Reduction));
        },
        pixels => sizeof(float) * pixels.Length, cancellationToken);

    /// <summary>The Allsky image as a FITS file.</summary>
    public Task<byte[]> AllskyAsync(HipsVersion version, CancellationToken cancellationToken) => cache.GetAsync(
        $"{version.Layout.Index(version.Name.ToString())}/allsky.fits",
        async () =>
        {
            var pixels = await AllskyPixelsAsync(version);
            return await ComputeAsync(() => HipsImage.Fits(pixels, AllskyImage.Width, Cards(version)));
        },
        bytes => bytes.Length, cancellationToken);

    /// <summary>The pixels of the Allsky image.</summary>
    public async Task<float[]> AllskyPixelsAsync(HipsVersion version)
    {
        await _allsky.WaitAsync();
        try
        {
            var image = AllskyImage.Blank();
            foreach (var cell in version.Pyramid.Tiles(HipsOrders.OfAllsky))
            {
                var shrunk = await ShrunkAsync(version, cell, CancellationToken.None);
                AllskyImage.Place(image, cell, shrunk);
            }

            return image;
        }
        finally
        {
            _allsky.Release();
        }
    }

    /// <summary>The pixels of a file that was made here.</summary>
    public static float[] Pixels(byte[] tile) => HipsImage.Pixels(new MemoryStream(tile, writable: false), "a tile of a HiPS");

    /// <summary>Runs a computation on the thread pool, one at a time for the whole silo.</summary>
    public Task<T> ComputeAsync<T>(Func<T> compute) =>
        gate.RunAsync(ComputeLane.Pictures, token => Task.Run(compute, token), CancellationToken.None);

    private static string Key(HipsVersion version, HealpixCell cell) =>
        $"{version.Layout.Tile(cell.Order, cell.Index)}{version.NameOf(cell)}";

    private async Task<byte[]> MakeAsync(HipsVersion version, HealpixCell cell)
    {
        var isDeepest = cell.Order == version.Pyramid.Order;
        if (!isDeepest && await parents.FindAsync(version, HipsTilePlace.Of(cell)) is { } stored) return stored;
        var file = cell.Order >= version.SampledFrom ? await SampleAsync(version, cell) : await JoinAsync(version, cell);
        HipsMeter.CountTile(version.Survey.Name, cell.Order);
        if (!isDeepest) await parents.KeepAsync(version, HipsTilePlace.Of(cell), file);
        return file;
    }

    /// <summary>Reads the images in its turn too, so that those of few tiles are in memory however many tiles are asked for.</summary>
    private Task<byte[]> SampleAsync(HipsVersion version, HealpixCell cell) => gate.RunAsync(
        ComputeLane.Pictures,
        async token =>
        {
            var owned = await images.OwnedAsync(version, cell, token);
            return await Task.Run(() => Fits(version, cell, Sample(version, cell, owned, token)), token);
        },
        CancellationToken.None);

    private static float[] Sample(HipsVersion version, HealpixCell cell, OwnedImages images, CancellationToken cancellationToken)
    {
        var (pixels, gain) = (SampledTile.Sample(cell, images, cancellationToken), (float)version.Gain(version.Pyramid.Order - cell.Order));
        for (var i = 0; gain > 1 && i < pixels.Length; i++) pixels[i] *= gain;
        return pixels;
    }

    private async Task<byte[]> JoinAsync(HipsVersion version, HealpixCell cell)
    {
        await _joining[cell.Order].WaitAsync();
        try
        {
            var pixels = TilePixels.Blank();
            for (var number = 0; number < 4; number++)
            {
                var child = cell.Child(number);
                if (!version.Pyramid.Has(child)) continue;
                var (quarter, tile) = (number, await FitsAsync(version, child, CancellationToken.None));
                await ComputeAsync(() =>
                {
                    TileReduction.Place(pixels, quarter, TileReduction.Halve(Pixels(tile), TilePixels.Width, version.Reduction));
                    return true;
                });
            }

            return await ComputeAsync(() => Fits(version, cell, pixels));
        }
        finally
        {
            _joining[cell.Order].Release();
        }
    }

    public void Dispose()
    {
        _allsky.Dispose();
        Array.ForEach(_joining, order => order.Dispose());
    }

    private static byte[] Fits(HipsVersion version, HealpixCell cell, float[] pixels) => HipsImage.Fits(
        pixels, TilePixels.Width,
        Cards(version).Set("ORDER", cell.Order, "HEALPix order of the tile").Set("NPIX", cell.Index, "its number"));

    public static FitsHeader Cards(HipsVersion version) => new FitsHeader().Set("CREATOR", "TsMapSurvey")
        .Set("SURVEY", version.Survey.Name).Set("LAYER", version.Layer.Name);
}
