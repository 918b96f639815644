using TsMapSurvey.Grains;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Api.Tiles;
using TsMapSurvey.Server.Vo.Products;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Vo.Hips2Fits;

/// <summary>
/// Fills an image with a layer: each pixel has the value of the survey's pixel that contains its centre, in the map of the tile that owns
/// it. NaN outside the survey, and where no tile has data.
/// </summary>
internal sealed class LayerSampler(ProductList products, TileQuantities quantities, SiloMemory silo)
{
    /// <summary>A value, and twice a tile and a pixel of it.</summary>
    private const int BytesOfPixel = 24;

    private static readonly WaitOptions AtOnce = new(Fresh: false, TimeSpan.Zero);

    /// <returns>The values row by row from the lowest, their version, and their unit.</returns>
    public async Task<(double[] Values, DataVersion Version, string Unit)> SampleAsync(
        KnownSurvey survey, Layer layer, SkyGrid grid, CancellationToken cancellationToken)
    {
        var what = $"an image of {grid.Width} x {grid.Height} pixels";
        using var room = await silo.Work.AdmitAsync(what, (double)BytesOfPixel * grid.Width * grid.Height, cancellationToken);
        var withData = (await products.TilesAsync(survey, cancellationToken)).Select(tile => new TileId(tile.Tile)).ToHashSet();
        var owners = await Task.Run(() => PixelOwners.Of(grid, survey.Survey.Tiling, cancellationToken), cancellationToken);
        var values = new double[grid.Width * grid.Height];
        Array.Fill(values, double.NaN);
        var (version, missing, unit) = (new DataVersion(0, null, false), new List<string>(), "");
        foreach (var (tile, to, from) in owners.ByTile())
        {
            if (!withData.Contains(tile)) continue;
            var found = await quantities.FindAsync(
                survey, tile, layer.Map, TimeSlice.AllName, layer.Quantity, layer.Bin, AtOnce, cancellationToken);
            if (found.Pending is not null)
            {
                missing.Add(tile.ToString());
                continue;
            }

            var map = await found.ReadAsync(cancellationToken);
            Copy(map.Plane(0), from.Span, to.Span, values);
            (version, unit) = (Joined(version, found.Version), map.Unit);
        }

        return (values, missing.Count == 0 ? version : version with { Stale = true, Missing = string.Join(',', missing.Take(100)) }, unit);
    }

    private static void Copy(ReadOnlySpan<double> image, ReadOnlySpan<int> from, ReadOnlySpan<int> to, double[] values)
    {
        for (var i = 0; i < to.Length; i++) values[to[i]] = image[from[i]];
    }

    private static DataVersion Joined(DataVersion one, DataVersion other) => new(
        one.Revision + other.Revision, one.ComputedAt > other.ComputedAt ? one.ComputedAt : other.ComputedAt ?? one.ComputedAt,
        one.Stale || other.Stale);
}
