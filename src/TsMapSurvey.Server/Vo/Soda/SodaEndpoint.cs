using System.Text;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Vo.Products;
using TsMapSurvey.Sky.Regions;

namespace TsMapSurvey.Server.Vo.Soda;

/// <summary>SODA 1.0 (IVOA Recommendation, 2017-05-17), {sync}: a part of a product as FITS.</summary>
internal static class SodaEndpoint
{
    private static readonly string[] Single = ["ID", "BAND", "TIME"];

    /// <returns>204 if nothing of the product is in the region, the band or the time.</returns>
    public static async Task<IResult> AnswerAsync(
        HttpRequest request, KnownSurveys known, ProductList products, CutoutMaker cutouts, CancellationToken cancellationToken)
    {
        var parameters = await VoParameters.ReadAsync(request, cancellationToken);
        var regions = RegionsOf(parameters);
        if (Single.FirstOrDefault(name => parameters.All(name).Count > 1) is { } repeated) return Repeated(repeated);
        if (regions.Count > 1) return Repeated("POS");
        var (band, time) = (Of(parameters.Intervals("BAND")), Of(parameters.Intervals("TIME")));
        var id = parameters.One("ID");
        if (id is null) parameters.Wrong("ID", null, $"an obs_publisher_did of {VoRoutes.Sia}");
        parameters.Check();
        var product = await Product.FindAsync(id!, known, cancellationToken) ?? throw RequestErrors.UnknownDataset(id!);
        if (product.Kind == ProductKind.Dataset) throw RequestErrors.NotCut(id!);
        request.RouteValues["survey"] = product.Survey.Name;
        var place = CutoutPlace.Of(product, regions.Count == 0 ? null : regions[0], band);
        if (place is null || parameters.All("POL").Count > 0
            || (time is { } when && !await HasTimeAsync(product, when, products, cancellationToken))) return TypedResults.NoContent();
        return await cutouts.MakeAsync(product, place, cancellationToken);
    }

    private static List<SkyRegion> RegionsOf(VoParameters parameters)
    {
        var regions = parameters.Regions().ToList();
        foreach (var shape in new[] { "CIRCLE", "POLYGON", "RANGE" })
            regions.AddRange(parameters.All(shape)
                .Select(numbers => parameters.Try(() => RegionText.Parse(shape, numbers))).OfType<SkyRegion>());
        return regions;
    }

    private static Interval? Of(IReadOnlyList<Interval> intervals) => intervals.Count == 0 ? null : intervals[0];

    private static async Task<bool> HasTimeAsync(
        Product product, Interval time, ProductList products, CancellationToken cancellationToken)
    {
        var windows = await products.WindowsAsync(product.Survey, cancellationToken);
        if (!windows.TryGetValue(product.Slice, out var window)) return false;
        var tiles = window is null && product.Tile is not null
            ? [.. (await products.TilesAsync(product.Survey, cancellationToken)).Where(tile => tile.Tile == product.Tile.ToString())]
            : window is null ? await products.TilesAsync(product.Survey, cancellationToken) : [];
        var observed = await products.TimeAsync(
            new ProductPlace(product.Survey, tiles, product.Tile is null), window, cancellationToken);
        return time.Overlaps(observed.StartMjd, observed.EndMjd);
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult Repeated(string name) => TypedResults.Text(
        $"MultiValuedParamNotSupported: {name}: found several values, expected one\n", "text/plain", Encoding.UTF8, 400);
}
