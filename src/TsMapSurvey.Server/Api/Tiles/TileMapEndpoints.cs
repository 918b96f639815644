using TsMapSurvey.Maps;
using TsMapSurvey.Plots;
using TsMapSurvey.Server.Api.Pictures;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Description;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Tiles;

/// <summary>One image of a tile's quantity, row by row from the lowest; null where nothing was fitted.</summary>
/// <param name="X">The first pixel in the survey's grid; 0 where the survey has none.</param>
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
            .WithSummary("All quantities of a map of a tile: FluxMaps FITS, without halo")
            .Produces<Stream>(200, MapFile.Fits).Produces<PendingAnswer>(202).WithStanding();
        foreach (var (path, name) in new[] { ("maps/{map}", "OfMap"), ("{map}", "") })
        {
            ImageForm.Map<TileImageAnswer>(survey, $"/tiles/{{tile}}/{path}/{{quantity}}", ImageAsync, $"getTileImage{name}", Tag,
                "One quantity of a tile; the exposure is in m2 s, in each of the map's energy bins the mean weighted with its spectrum");
            ImageForm.Map<TileImageAnswer>(
                survey, $"/tiles/{{tile}}/v/{{revision:long}}/{path}/{{quantity}}", OfRevisionAsync, $"getTileImage{name}OfRevision", Tag,
                "One quantity of a tile of one revision, for ever, while it is published", isLive: false);
        }
    }

    private static async Task<IResult> FluxMapsAsync(
        string survey, string tile, string map, string? slice, [AsParameters] WaitQuery wait, [AsParameters] ServedSurveys served,
        CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        var patience = parameters.Patience(wait);
        parameters.Check();
        var own = await served.Known.GetAsync(survey, cancellationToken);
        var ticket = await served.Tickets.MapAsync(
            own, own.Survey.FindTile(tile), own.Survey.FindMap(map), own.Survey.FindSlice(slice).Name, patience, cancellationToken);
        return ticket.Pending(patience.Fresh)
            ?? new MapFile(ticket.Standing(), MapFile.Fits, $"{own.Name}-{tile}-{map}{ticket.Standing().InName}-r{ticket.Revision}.fits",
                token => served.Published.OpenAsync(ticket.Blob!, token));
    }

    private static async Task<IResult> ImageAsync(
        string survey, string tile, string map, string quantity, HttpContext context, string? energy, string? slice,
        [AsParameters] WaitQuery wait,
        [AsParameters] PictureQuery picture, KnownSurveys known, TileQuantities quantities, PublishedMaps published,
        CancellationToken cancellationToken)
    {
        var asked = await AskedAsync(survey, tile, map, quantity, known, cancellationToken);
        var parameters = new Parameters();
        var patience = parameters.Patience(wait);
        var bin = KnownSurvey.EnergyBin(parameters, energy, asked.Survey.Axis(map, quantity));
        var scale = QuantityImage.Scale(parameters, quantity, picture);
        parameters.Check();
        var found = await quantities.FindAsync(
            asked.Survey, asked.Tile, map, asked.Survey.Survey.FindSlice(slice).Name, quantity, bin, patience, cancellationToken);
        return found.Pending
            ?? await AnswerAsync(asked, found, ImageForm.Of(context), scale, $"{picture}", published, false, cancellationToken);
    }

    private static async Task<IResult> OfRevisionAsync(
        string survey, string tile, long revision, string map, string quantity, HttpContext context, string? energy,
        [AsParameters] PictureQuery picture, KnownSurveys known, TileQuantities quantities, PublishedMaps published,
        CancellationToken cancellationToken)
    {
        var asked = await AskedAsync(survey, tile, map, quantity, known, cancellationToken);
        var parameters = new Parameters();
        var bin = KnownSurvey.EnergyBin(parameters, energy, asked.Survey.Axis(map, quantity));
        var scale = QuantityImage.Scale(parameters, quantity, picture);
        parameters.Check();
        var found = await quantities.FindAsync(asked.Survey, asked.Tile, map, quantity, bin, revision, cancellationToken);
        return await AnswerAsync(asked, found, ImageForm.Of(context), scale, $"{picture}", published, true, cancellationToken);
    }

    private static async Task<Asked> AskedAsync(
        string survey, string tile, string map, string quantity, KnownSurveys known, CancellationToken cancellationToken)
    {
        var own = await known.GetAsync(survey, cancellationToken);
        return new Asked(
            own, own.Survey.FindTile(tile), own.Survey.FindMap(map), own.Survey.FindQuantity(own.Survey.FindMap(map), quantity));
    }

    private static async Task<IResult> AnswerAsync(
        Asked asked, TileQuantity found, string format, ColorScale scale, string look, PublishedMaps published, bool isImmutable,
        CancellationToken cancellationToken)
    {
        var (standing, name) = (found.Standing,
            $"{asked.Survey.Name}-{asked.Tile}-{asked.Map}-{asked.Quantity}{found.Standing.InName}-r{found.Standing.Revision}.fits");
        return format switch
        {
            "fits" => MapFile.Of(standing, MapFile.Fits, name, async token => await published.UseAsync(
                await found.ReadAsync(token),
                image => QuantityImage.Fits(image, asked.Quantity, asked.Survey.Name, asked.Tile.ToString(), standing), token),
                    isImmutable),
            "png" => MapFile.Of(standing, MapFile.Png, null, token => published.PictureAsync(
                $"{found.Name}/{look}.png", () => found.ReadAsync(CancellationToken.None),
                image => QuantityImage.Png(image, 0, scale), token), isImmutable),
            _ => new LiveJson<TileImageAnswer>(
                await published.UseAsync(
                    await found.ReadAsync(cancellationToken), image => Json(asked, image, standing), cancellationToken), standing),
        };
    }

    private static TileImageAnswer Json(Asked asked, Map<double> map, Standing standing)
    {
        var place = asked.Survey.PlaceOf(asked.Tile);
        var axis = map.Geometry.Axes[0];
        return new TileImageAnswer(
            asked.Tile.ToString(), asked.Map, asked.Quantity, map.Unit, place.X, place.Y, place.Width, place.Height,
            axis.Edges[0], axis.Edges[1], standing.Revision, standing.ComputedAt, standing.Stale, standing.Slice, standing.Window?.Start,
            standing.Window?.End, [.. map.Plane(0)]);
    }

    private sealed record Asked(KnownSurvey Survey, Sky.TileId Tile, string Map, string Quantity);
}
