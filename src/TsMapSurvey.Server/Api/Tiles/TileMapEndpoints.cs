using TsMapSurvey.Maps;
using TsMapSurvey.Plots;
using TsMapSurvey.Server.Api.Pictures;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Description;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Tiles;

/// <summary>One image of a tile's quantity, row by row from the bottom; null where there is no value.</summary>
/// <param name="X">The first pixel in the survey's grid; 0 if the survey has no common grid.</param>
internal sealed record TileImageAnswer(
    string Tile, string Map, string Quantity, string Unit, int X, int Y, int Width, int Height, double EnergyMinTeV, double EnergyMaxTeV,
    long Revision, DateTimeOffset? ComputedAt, bool Stale, string Slice, DateTimeOffset? WindowStart, DateTimeOffset? WindowEnd,
    double?[] Values);

internal static class TileMapEndpoints
{
    private const string Tag = "Tiles";

    public static void Map(RouteGroupBuilder survey)
    {
        survey.MapGet("/tiles/{tile}/maps/{map}.fits", FluxMapsAsync).WithTags(Tag).WithName("getFluxMaps")
            .WithSummary("All quantities of a tile's map without its halo: FluxMaps FITS")
            .Produces<Stream>(200, MapFile.Fits).Produces<PendingAnswer>(202).WithVersionHeaders();
        foreach (var (path, name) in new[] { ("maps/{map}", "OfMap"), ("{map}", "") })
        {
            ImageForm.Map<TileImageAnswer>(survey, $"/tiles/{{tile}}/{path}/{{quantity}}", ImageAsync, $"getTileImage{name}", Tag,
                "One quantity of a tile. The exposure is in m2 s: in each of the map's energy bins the mean weighted with its spectrum");
            ImageForm.Map<TileImageAnswer>(
                survey, $"/tiles/{{tile}}/v/{{revision:long}}/{path}/{{quantity}}", OfRevisionAsync, $"getTileImage{name}OfRevision", Tag,
                "One quantity of a tile at one revision, which never changes, as long as the revision is published", isLive: false);
        }
    }

    private static async Task<IResult> FluxMapsAsync(
        string survey, string tile, string map, string? slice, [AsParameters] WaitQuery wait, [AsParameters] ServedSurveys served,
        CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        var waitOptions = parameters.Wait(wait);
        parameters.Check();
        var own = await served.Known.GetAsync(survey, cancellationToken);
        var ticket = await served.Tickets.MapAsync(
            own, own.Survey.FindTile(tile), own.Survey.FindMap(map), own.Survey.FindSlice(slice).Name, waitOptions, cancellationToken);
        return ticket.Pending(waitOptions.Fresh)
            ?? new MapFile(ticket.Version(), MapFile.Fits, $"{own.Name}-{tile}-{map}{ticket.Version().InName}-r{ticket.Revision}.fits",
                token => served.Published.OpenAsync(ticket.Blob!, token));
    }

    private static async Task<IResult> ImageAsync(
        string survey, string tile, string map, string quantity, HttpContext context, string? energy, string? slice,
        [AsParameters] WaitQuery wait,
        [AsParameters] PictureQuery picture, KnownSurveys known, TileQuantities quantities, PublishedMaps published,
        CancellationToken cancellationToken)
    {
        var target = await ResolveAsync(survey, tile, map, quantity, known, cancellationToken);
        var parameters = new Parameters();
        var waitOptions = parameters.Wait(wait);
        var bin = KnownSurvey.EnergyBin(parameters, energy, target.Survey.Axis(map, quantity));
        var scale = QuantityImage.Scale(parameters, quantity, picture);
        parameters.Check();
        var found = await quantities.FindAsync(
            target.Survey, target.Tile, map, target.Survey.Survey.FindSlice(slice).Name, quantity, bin, waitOptions, cancellationToken);
        return found.Pending
            ?? await AnswerAsync(target, found, ImageForm.Of(context), scale, $"{picture}", published, false, cancellationToken);
    }

    private static async Task<IResult> OfRevisionAsync(
        string survey, string tile, long revision, string map, string quantity, HttpContext context, string? energy,
        [AsParameters] PictureQuery picture, KnownSurveys known, TileQuantities quantities, PublishedMaps published,
        CancellationToken cancellationToken)
    {
        var target = await ResolveAsync(survey, tile, map, quantity, known, cancellationToken);
        var parameters = new Parameters();
        var bin = KnownSurvey.EnergyBin(parameters, energy, target.Survey.Axis(map, quantity));
        var scale = QuantityImage.Scale(parameters, quantity, picture);
        parameters.Check();
        var found = await quantities.FindAsync(target.Survey, target.Tile, map, quantity, bin, revision, cancellationToken);
        return await AnswerAsync(target, found, ImageForm.Of(context), scale, $"{picture}", published, true, cancellationToken);
    }

    private static async Task<Target> ResolveAsync(
        string survey, string tile, string map, string quantity, KnownSurveys known, CancellationToken cancellationToken)
    {
        var own = await known.GetAsync(survey, cancellationToken);
        return new Target(
            own, own.Survey.FindTile(tile), own.Survey.FindMap(map), own.Survey.FindQuantity(own.Survey.FindMap(map), quantity));
    }

    private static async Task<IResult> AnswerAsync(
        Target target, TileQuantity found, string format, ColorScale scale, string look, PublishedMaps published, bool isImmutable,
        CancellationToken cancellationToken)
    {
        var (version, name) = (found.Version,
            $"{target.Survey.Name}-{target.Tile}-{target.Map}-{target.Quantity}{found.Version.InName}-r{found.Version.Revision}.fits");
        return format switch
        {
            "fits" => MapFile.Of(version, MapFile.Fits, name, async token => await published.UseAsync(
                await found.ReadAsync(token),
                image => QuantityImage.Fits(image, target.Quantity, target.Survey.Name, target.Tile.ToString(), version), token),
                    isImmutable),
            "png" => MapFile.Of(version, MapFile.Png, null, token => published.PictureAsync(
                $"{found.Name}/{look}.png", () => found.ReadAsync(CancellationToken.None),
                image => QuantityImage.Png(image, 0, scale), token), isImmutable),
            _ => new LiveJson<TileImageAnswer>(
                await published.UseAsync(
                    await found.ReadAsync(cancellationToken), image => Json(target, image, version), cancellationToken), version),
        };
    }

    private static TileImageAnswer Json(Target target, Map<double> map, DataVersion version)
    {
        var place = target.Survey.RegionOf(target.Tile);
        var axis = map.Geometry.Axes[0];
        return new TileImageAnswer(
            target.Tile.ToString(), target.Map, target.Quantity, map.Unit, place.X, place.Y, place.Width, place.Height,
            axis.Edges[0], axis.Edges[1], version.Revision, version.ComputedAt, version.Stale, version.Slice, version.Window?.Start,
            version.Window?.End, [.. map.Plane(0)]);
    }

    private sealed record Target(KnownSurvey Survey, Sky.TileId Tile, string Map, string Quantity);
}
