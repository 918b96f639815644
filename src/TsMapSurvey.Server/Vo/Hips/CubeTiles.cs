using TsMapSurvey.Grains.Compute;
using TsMapSurvey.Hips;
using TsMapSurvey.Plots;
using TsMapSurvey.Server.Published;

namespace TsMapSurvey.Server.Vo.Hips;

/// <summary>
/// Makes the tiles of a HiPS cube as <see cref="HipsTiles"/> makes those of an image: a tile of the deepest order shows the maps of the
/// survey's tiles, every other one is made of up to eight tiles of the next order and kept in the store.
/// </summary>
/// <exception cref="DamagedBlobException">Of every method: a blob of a tile of the survey is missing or damaged.</exception>
internal sealed class CubeTiles(LayerImages images, HipsParents parents, ByteCache cache, ComputeGate gate) : IDisposable
{
    /// <summary>One tile of an order at a time, since a tile has megabytes.</summary>
    private readonly SemaphoreSlim[] _joining = [.. Enumerable.Range(0, HipsOrders.Deepest).Select(_ => new SemaphoreSlim(1, 1))];

    /// <param name="version">Of a cube.</param>
    /// <param name="cell">A tile that the cube has.</param>
    public Task<byte[]> FitsAsync(HipsVersion version, CubeCell cell, CancellationToken cancellationToken) => cache.GetAsync(
        Key(version, cell), () => MakeAsync(version, version.Cube!, cell), bytes => bytes.Length, cancellationToken);

    /// <summary>The planes of a tile as one picture.</summary>
    public Task<byte[]> PngAsync(HipsVersion version, CubeCell cell, ColorScale scale, CancellationToken cancellationToken) =>
        cache.GetAsync(
            $"{Key(version, cell)}/{scale}.png",
            async () =>
            {
                var (grid, file) = (version.Cube!, await FitsAsync(version, cell, CancellationToken.None));
                return await ComputeAsync(() => CubeImage.Png(grid, Pixels(grid, file), scale, Gain(version, grid, cell)));
            },
            bytes => bytes.Length, cancellationToken);

    private static string Key(HipsVersion version, CubeCell cell) =>
        $"{HipsTilePlace.Of(cell).FolderIn(version)}{version.NameOf(cell.Space)}";

    /// <summary>How much more a pixel sums up than one of the deepest order.</summary>
    private static double Gain(HipsVersion version, CubeGrid grid, CubeCell cell) =>
        version.Gain(grid.SpaceOrder - cell.Space.Order)
        * (version.Reduction == HipsReduction.Sum ? 1 << (grid.FrequencyOrder - cell.FrequencyOrder) : 1);

    private async Task<byte[]> MakeAsync(HipsVersion version, CubeGrid grid, CubeCell cell)
    {
        var (isDeepest, place) = (cell.Space.Order == grid.SpaceOrder, HipsTilePlace.Of(cell));
        if (!isDeepest && await parents.FindAsync(version, place) is { } stored) return stored;
        var file = isDeepest ? await SampleAsync(version, grid, cell) : await JoinAsync(version, grid, cell);
        HipsMeter.CountTile(version.Survey.Name, cell.Space.Order);
        if (!isDeepest) await parents.KeepAsync(version, place, file);
        return file;
    }

    private Task<byte[]> SampleAsync(HipsVersion version, CubeGrid grid, CubeCell cell) => gate.RunAsync(
        ComputeLane.Pictures,
        async token =>
        {
            var owned = await images.OwnedAsync(version, cell.Space, token);
            return await Task.Run(() => Fits(version, grid, cell, CubeTile.Sample(grid, cell, owned, token)), token);
        },
        CancellationToken.None);

    private async Task<byte[]> JoinAsync(HipsVersion version, CubeGrid grid, CubeCell cell)
    {
        await _joining[cell.Space.Order].WaitAsync();
        try
        {
            var pixels = grid.Blank();
            foreach (var child in CubeTile.ChildrenOf(grid, cell))
            {
                if (!version.Pyramid.Has(child.Space)) continue;
                var file = await FitsAsync(version, child, CancellationToken.None);
                await ComputeAsync(() =>
                {
                    CubeTile.Add(pixels, grid, cell, child, Pixels(grid, file), version.Reduction);
                    return true;
                });
            }

            return await ComputeAsync(() => Fits(version, grid, cell, pixels));
        }
        finally
        {
            _joining[cell.Space.Order].Release();
        }
    }

    public void Dispose() => Array.ForEach(_joining, order => order.Dispose());

    private Task<T> ComputeAsync<T>(Func<T> compute) =>
        gate.RunAsync(ComputeLane.Pictures, token => Task.Run(compute, token), CancellationToken.None);

    private static float[] Pixels(CubeGrid grid, byte[] file) =>
        CubeImage.Pixels(grid, new MemoryStream(file, writable: false), "a tile of a HiPS cube");

    private static byte[] Fits(HipsVersion version, CubeGrid grid, CubeCell cell, float[] pixels) =>
        CubeImage.Fits(grid, cell, pixels, HipsTiles.Cards(version));
}
