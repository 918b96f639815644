using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Pictures;
using TsMapSurvey.Server.Api.Tiles;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Server.Vo.Products;

namespace TsMapSurvey.Server.Vo.Soda;

/// <summary>Cuts parts out of published maps.</summary>
internal sealed class CutoutMaker(Tickets tickets, TileQuantities quantities, PublishedMaps published)
{
    private static readonly WaitOptions Soon = new(Fresh: false, TimeSpan.FromSeconds(20));

    /// <returns>A FITS file as the API gives the whole product.</returns>
    /// <exception cref="RequestException">404 if there are no data, 503 if there is nothing yet.</exception>
    public Task<IResult> MakeAsync(Product product, CutoutPlace place, CancellationToken cancellationToken) => product.Kind switch
    {
        ProductKind.Mosaic => OfMosaicAsync(product, place, cancellationToken),
        ProductKind.FluxMaps => OfFluxMapsAsync(product, place, cancellationToken),
        _ => OfQuantityAsync(product, place, cancellationToken),
    };

    private async Task<IResult> OfMosaicAsync(Product product, CutoutPlace place, CancellationToken cancellationToken)
    {
        var ticket = await tickets.MosaicAsync(
            product.Survey, product.Map!, product.Slice, product.Quantity!, product.Bin, Soon, cancellationToken);
        if (ticket.Pending(false) is not null) throw RequestErrors.StillComputing(product.Id);
        return File(product, ticket.Version(), token => published.ImageAsync(ticket.Blob!, token), image =>
            QuantityImage.Fits(Cut(image, place), product.Quantity!, product.Survey.Name, product.Survey.Name, ticket.Version()));
    }

    private async Task<IResult> OfQuantityAsync(Product product, CutoutPlace place, CancellationToken cancellationToken)
    {
        var found = await quantities.FindAsync(
            product.Survey, product.Tile!.Value, product.Map!, product.Slice, product.Quantity!, null, Soon, cancellationToken);
        if (found.Pending is not null) throw RequestErrors.StillComputing(product.Id);
        return File(product, found.Version, found.ReadAsync, image => QuantityImage.Fits(
            Cut(image, place), product.Quantity!, product.Survey.Name, $"{product.Tile}", found.Version));
    }

    private async Task<IResult> OfFluxMapsAsync(Product product, CutoutPlace place, CancellationToken cancellationToken)
    {
        var ticket = await tickets.MapAsync(
            product.Survey, product.Tile!.Value, product.Map!, product.Slice, Soon, cancellationToken);
        if (ticket.Pending(false) is not null) throw RequestErrors.StillComputing(product.Id);
        var options = product.Survey.Survey.Maps[product.Map!];
        var maps = await published.FluxMapsAsync(ticket.Blob!, options, cancellationToken);
        return File(product, ticket.Version(), _ => Task.FromResult(maps.Find("norm")!), _ => Written(Cut(maps, place)));
    }

    private MapFile File(
        Product product, DataVersion version, Func<CancellationToken, Task<Map<double>>> read, Func<Map<double>, byte[]> write) =>
        MapFile.Of(version, MapFile.Fits, $"{product.Survey.Name}-{product.Key.Replace('/', '-')}-r{version.Revision}-cutout.fits",
            async token => await published.UseAsync(await read(token), write, token));

    private static FluxMaps Cut(FluxMaps maps, CutoutPlace place)
    {
        var cut = maps.Stored.ToDictionary(name => name, name => Cut(maps.Find(name)!, place));
        return new FluxMaps(cut["norm"].Geometry, cut, maps.Model, maps.NSigma, maps.NSigmaUl, maps.Gti, [])
        {
            KernelWidthDeg = maps.KernelWidthDeg,
        };
    }

    /// <summary>Energy is the last axis, or there is none.</summary>
    private static Map<double> Cut(Map<double> map, CutoutPlace place)
    {
        var (geometry, box) = (map.Geometry, place.Pixels);
        var axes = geometry.Axes.ToArray();
        var planesOfBin = axes.Length == 0 ? 1 : geometry.PlaneCount / axes[^1].BinCount;
        var (first, last) = axes.Length == 0 ? (0, 0) : (place.FirstBin, place.LastBin);
        if (axes.Length > 0) axes[^1] = axes[^1].Slice(first, last);
        var cut = new Map<double>(new MapGeometry(geometry.Grid!.Cutout(box), axes), map.Unit);
        for (var plane = 0; plane < cut.Geometry.PlaneCount; plane++)
            for (var y = 0; y < box.Height; y++)
                map.Plane(first * planesOfBin + plane).Slice((box.Y + y) * geometry.Width + box.X, box.Width)
                    .CopyTo(cut.Plane(plane)[(y * box.Width)..]);
        return cut;
    }

    private static byte[] Written(FluxMaps maps)
    {
        using var content = new MemoryStream();
        using (var writer = new FitsWriter(content, leaveOpen: true)) FluxMapsFile.Write(writer, maps, null);
        return content.ToArray();
    }
}
