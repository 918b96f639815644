using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Api.Tiles;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Vo.Products;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Vo.Hips2Fits;

/// <summary>
/// Fills an image with a layer: each pixel has the value of the survey's pixel that contains its centre, in the map of the tile that owns
/// it. NaN outside the survey, and where no tile has data.
/// </summary>
internal sealed class LayerSampler(ProductList products, TileQuantities quantities, TimeProvider time) : IDisposable
{
    /// <summary>
    /// Images that are made at a time, each with 24 bytes for each pixel: at most 200 MB. The budget of memory must not be held here, since
    /// the maps that are waited for need it too.
    /// </summary>
    private const int AtOnce = 2;

    private readonly SemaphoreSlim _places = new(AtOnce, AtOnce);

    /// <summary>Less than the 30 s after which astroquery gives up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <returns>
    /// The values row by row from the lowest, their version, which names the tiles that failed, and their unit.
    /// </returns>
    /// <exception cref="RequestException">503: a tile with data has no map yet, or too many images are being made.</exception>
    public async Task<(double[] Values, DataVersion Version, string Unit)> SampleAsync(
        KnownSurvey survey, Layer layer, SkyGrid grid, CancellationToken cancellationToken)
    {
        if (!await _places.WaitAsync(Patience, cancellationToken)) throw RequestErrors.TooManyImages(AtOnce);
        try
        {
            return await FillAsync(survey, layer, grid, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<(double[] Values, DataVersion Version, string Unit)> FillAsync(
        KnownSurvey survey, Layer layer, SkyGrid grid, CancellationToken cancellationToken)
    {
        var withData = (await products.TilesAsync(survey, cancellationToken)).Select(tile => new TileId(tile.Tile)).ToHashSet();
        var owners = await Task.Run(() => PixelOwners.Of(grid, survey.Survey.Tiling, cancellationToken), cancellationToken);
        var values = new double[grid.Width * grid.Height];
        Array.Fill(values, double.NaN);
        var began = time.GetTimestamp();
        var (version, missing, unit) = (new DataVersion(0, null, false), new List<string>(), "");
        foreach (var (tile, to, from) in owners.ByTile())
        {
            if (!withData.Contains(tile)) continue;
            var left = Patience - time.GetElapsedTime(began);
            var wait = new WaitOptions(Fresh: false, left > TimeSpan.Zero ? left : TimeSpan.Zero);
            if (await FindAsync(survey, layer, tile, wait, missing, cancellationToken) is not { } found) continue;
            if (found.Pending is not null) throw RequestErrors.StillComputing($"{layer} of tile {tile}");
            var map = await found.ReadAsync(cancellationToken);
            Copy(map.Plane(0), from.Span, to.Span, values);
            (version, unit) = (Joined(version, found.Version), map.Unit);
        }

        return (values, missing.Count == 0 ? version : version with { Stale = true, Missing = string.Join(',', missing.Take(100)) }, unit);
    }

    /// <summary>Null for a tile without data on its own pixels, and, noted as missing, for one whose computation failed.</summary>
    private async Task<TileQuantity?> FindAsync(
        KnownSurvey survey, Layer layer, TileId tile, WaitOptions wait, List<string> missing, CancellationToken cancellationToken)
    {
        try
        {
            return await quantities.FindAsync(
                survey, tile, layer.Map, TimeSlice.AllName, layer.Quantity, layer.Bin, wait, cancellationToken);
        }
        catch (RequestException exception) when (exception.Status is 404 or 503)
        {
            if (exception.Status == 503) missing.Add(tile.ToString());
            return null;
        }
    }

    private static void Copy(ReadOnlySpan<double> image, ReadOnlySpan<int> from, ReadOnlySpan<int> to, double[] values)
    {
        for (var i = 0; i < to.Length; i++) values[to[i]] = image[from[i]];
    }

    private static DataVersion Joined(DataVersion one, DataVersion other) => new(
        one.Revision + other.Revision, one.ComputedAt > other.ComputedAt ? one.ComputedAt : other.ComputedAt ?? one.ComputedAt,
        one.Stale || other.Stale);
}
