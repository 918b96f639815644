using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Description;
using TsMapSurvey.Server.Limits;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Tiles;

internal static class TileEndpoints
{
    private const string Tag = "Tiles";

    public static void Map(RouteGroupBuilder survey)
    {
        survey.MapGet("/tiles", ListAsync).WithTags(Tag).WithName("listTiles").WithPages()
            .WithSummary("Tiles with stacked data, ordered by name. The header Link has the URL of the next page");
        survey.MapGet("/tiles/{tile}", GetAsync).WithTags(Tag).WithName("getTile").WithVersionHeaders().WithSummary(
            "One tile: its pixels, revision, number of observations, largest exposure in m2 s (of the newest map, weighted with its "
                + "spectrum) and largest sqrt_ts");
        survey.MapGet("/tiles/{tile}/observations", LedgerAsync).WithTags(Tag).WithName("listObservationsOfTile").WithPages()
            .WithSummary("The observations in a tile's stack, ordered by name. The header Link has the URL of the next page");
        survey.MapGet("/tiles/{tile}/dataset.fits.gz", StackAsync).IsCostly().WithTags(Tag).WithName("getDataset")
            .WithSummary("The tile's stack as a MapDataset, including its halo; for a slice the sum of its nights")
            .Produces<Stream>(200, MapFile.Gzip).Produces<PendingAnswer>(202).WithVersionHeaders();
    }

    private static async Task<LiveJson<IReadOnlyList<TileAnswer>>> ListAsync(
        string survey, string? after, string? limit, KnownSurveys known, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        var most = Limit(parameters, after, limit);
        parameters.Check();
        var own = await known.GetAsync(survey, cancellationToken);
        var page = await grains.Survey(own.Name).Tiles(after, most, cancellationToken);
        return new([.. page.Items.Select(tile => TileAnswer.Of(tile, own))],
            next: ApiRoutes.Next($"{ApiRoutes.Surveys}/{own.Name}/tiles", page.Next, ("limit", limit)));
    }

    private static async Task<LiveJson<TileAnswer>> GetAsync(
        string survey, string tile, KnownSurveys known, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var own = await known.GetAsync(survey, cancellationToken);
        var answer = TileAnswer.Of(await grains.Tile(own.Name, own.Survey.FindTile(tile).ToString()).GetSummary(cancellationToken), own);
        return new(answer, answer.Version());
    }

    private static async Task<LiveJson<IReadOnlyList<ObservationRef>>> LedgerAsync(
        string survey, string tile, string? after, string? limit, KnownSurveys known, IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        var most = Limit(parameters, after, limit);
        parameters.Check();
        var own = await known.GetAsync(survey, cancellationToken);
        var page = await grains.Tile(own.Name, own.Survey.FindTile(tile).ToString()).Ledger(after, most, cancellationToken);
        return new(
            page.Items, next: ApiRoutes.Next($"{ApiRoutes.Surveys}/{own.Name}/tiles/{tile}/observations", page.Next, ("limit", limit)));
    }

    private static async Task<IResult> StackAsync(string survey, string tile, string? slice, KnownSurveys known, Tickets tickets,
        PublishedMaps published, CancellationToken cancellationToken)
    {
        var own = await known.GetAsync(survey, cancellationToken);
        var ticket = await tickets.StackAsync(own, own.Survey.FindTile(tile), own.Survey.FindSlice(slice).Name, cancellationToken);
        return ticket.Pending() ?? new MapFile(ticket.Version(), MapFile.Gzip,
            $"{own.Name}-{tile}{ticket.Version().InName}-r{ticket.Revision}.fits.gz", token => published.OpenAsync(ticket.Blob!, token));
    }

    private static int Limit(Parameters parameters, string? after, string? limit)
    {
        if (after?.Length > 1000) parameters.Wrong("after", after, "a name of at most 1000 characters");
        return parameters.Integer("limit", limit, Page<TileSummary>.MaxItems, 1, Page<TileSummary>.MaxItems);
    }
}
