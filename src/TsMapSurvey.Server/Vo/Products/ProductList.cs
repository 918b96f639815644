using System.Runtime.CompilerServices;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Vo.Products;

/// <summary>A part of the sky with products: a tile with data, or the whole survey.</summary>
/// <param name="Tiles">The tile, or all that have data.</param>
/// <param name="IsWhole">Whether it is the mosaic of all tiles.</param>
internal sealed record ProductPlace(KnownSurvey Survey, IReadOnlyList<TileSummary> Tiles, bool IsWhole)
{
    public TileId? Tile => IsWhole ? null : Survey.Survey.FindTile(Tiles[0].Tile);
}

/// <summary>Lists what the surveys have published: of each survey the mosaics, then tile by tile.</summary>
internal sealed class ProductList(IGrainFactory grains, ObservedTimes times)
{
    /// <summary>
    /// The quantities that are listed by themselves. The FluxMaps have all of them, and the API gives each.
    /// </summary>
    private static readonly string[] Listed =
        ["sqrt_ts", "ts", "flux", "flux_err", "flux_ul", "counts", "background", "excess", "exposure"];

    private const int ReadAtOnce = 8;

    /// <summary>The mosaic's place, if the survey has an image and data, then that of each tile with data.</summary>
    public async IAsyncEnumerable<ProductPlace> PlacesAsync(
        KnownSurvey survey, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tiles = await TilesAsync(survey, cancellationToken);
        if (survey.Mosaic is not null && tiles.Count > 0) yield return new ProductPlace(survey, tiles, true);
        foreach (var tile in tiles) yield return new ProductPlace(survey, [tile], false);
    }

    /// <summary>The tiles that have data.</summary>
    public async Task<IReadOnlyList<TileSummary>> TilesAsync(KnownSurvey survey, CancellationToken cancellationToken)
    {
        var tiles = new List<TileSummary>();
        for (string? after = null; ;)
        {
            var page = await grains.Survey(survey.Name).Tiles(after, Page<TileSummary>.MaxItems, cancellationToken);
            tiles.AddRange(page.Items.Where(tile => tile.Observations > 0));
            if (page.Next is null) return tiles;
            after = page.Next;
        }
    }

    /// <summary>The current nights of a survey's slices; a slice without any is absent. All has null.</summary>
    public async Task<IReadOnlyDictionary<string, SliceWindow?>> WindowsAsync(KnownSurvey survey, CancellationToken cancellationToken)
    {
        var windows = new Dictionary<string, SliceWindow?> { [TimeSlice.AllName] = null };
        foreach (var slice in survey.Survey.Slices.Where(slice => slice.Name != TimeSlice.AllName))
            if (await grains.Survey(survey.Name).GetWindow(slice.Name, cancellationToken) is { } window) windows[slice.Name] = window;
        return windows;
    }

    /// <summary>The products of a place in the slices that have data there.</summary>
    public static IEnumerable<Product> Of(ProductPlace place, IReadOnlyDictionary<string, SliceWindow?> windows)
    {
        foreach (var slice in place.Survey.Survey.Slices.Select(slice => slice.Name))
        {
            if (!windows.TryGetValue(slice, out var window)) continue;
            if (window is not null && !place.Tiles.Any(tile => tile.NewestNight >= window.FirstNight)) continue;
            var products = place.Tile is { } tile ? OfTile(place, tile, slice) : Mosaics(place.Survey, slice);
            foreach (var product in products) yield return product;
        }
    }

    /// <summary>When the data of a product were taken.</summary>
    public async Task<ObservedTime> TimeAsync(ProductPlace place, SliceWindow? window, CancellationToken cancellationToken)
    {
        if (window is not null) return ObservedTime.Of(window);
        var all = new ObservedTime[place.Tiles.Count];
        await Parallel.ForAsync(0, all.Length,
            new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = cancellationToken },
            async (i, token) => all[i] = await OfTileAsync(place.Survey, place.Tiles[i], token));
        return all.Length == 1 ? all[0] : ObservedTime.Around(all);
    }

    private Task<ObservedTime> OfTileAsync(KnownSurvey survey, TileSummary tile, CancellationToken cancellationToken) =>
        tile.Maps.FirstOrDefault(map => map.EmptyReason is null) is { } map
            ? times.OfMapAsync(new SurveyLayout(survey.Name).Maps(tile.Tile, map.Map, null).Map(map.Revision), cancellationToken)
            : Task.FromResult(ObservedTime.Unknown);

    private static IEnumerable<Product> Mosaics(KnownSurvey survey, string slice) =>
        from map in survey.Survey.Maps.Keys
        from quantity in Quantities(survey, map)
        from bin in Enumerable.Range(0, QuantityNames.IsSummed(quantity) ? 1 : survey.Axis(map, quantity).BinCount)
        select new Product(survey, ProductKind.Mosaic, null, map, quantity, bin, slice);

    private static IEnumerable<Product> OfTile(ProductPlace place, TileId tile, string slice)
    {
        foreach (var map in place.Survey.Survey.Maps.Keys)
        {
            if (place.Tiles[0].Maps.FirstOrDefault(one => one.Map == map) is { EmptyReason: not null }) continue;
            yield return new Product(place.Survey, ProductKind.FluxMaps, tile, map, null, 0, slice);
            foreach (var quantity in Quantities(place.Survey, map))
                yield return new Product(place.Survey, ProductKind.Quantity, tile, map, quantity, 0, slice);
        }

        yield return new Product(place.Survey, ProductKind.Dataset, tile, null, null, 0, slice);
    }

    /// <summary>Sums of the stack only for the first map, since they are the same for all.</summary>
    private static IEnumerable<string> Quantities(KnownSurvey survey, string map) =>
        Listed.Intersect(QuantityNames.Of(survey.Survey.Maps[map]))
            .Where(quantity => !QuantityNames.IsSummed(quantity) || map == survey.Survey.Maps.Keys.First());
}
