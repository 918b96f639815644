using Microsoft.AspNetCore.Mvc;
using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Tables;

namespace TsMapSurvey.Server;

internal static class CandidateEndpoints
{
    private const string Tag = "The whole survey";

    private static readonly Dictionary<string, (TableFormat Format, string ContentType)> Tables = new()
    {
        ["ecsv"] = (TableFormat.Ecsv, "text/csv; charset=utf-8"),
        ["vot"] = (TableFormat.VoTable, "application/x-votable+xml; charset=utf-8"),
    };

    public static void Map(RouteGroupBuilder survey)
    {
        foreach (var path in new[] { "/candidates", "/candidates.json" })
            survey.MapGet(path, ListAsync).WithTags(Tag).WithSummary("Peaks of sqrt_ts, the most significant first");
        survey.MapGet("/candidates.ecsv", EcsvAsync).WithTags(Tag).WithSummary("The same as a table that astropy opens").Produces<string>(StatusCodes.Status200OK, "text/csv");
        survey.MapGet("/candidates.vot", VotAsync).WithTags(Tag).WithSummary("The same as a VOTable 1.4").Produces<string>(StatusCodes.Status200OK, "application/x-votable+xml");
    }

    private static async Task<LiveJson<IReadOnlyList<CandidateAnswer>>> ListAsync(
        string survey, string? map, [FromQuery(Name = "min_sqrt_ts")] string? minSqrtTs, [FromQuery(Name = "min_separation")] string? minSeparation, string? slice, string? fresh, string? timeout,
        KnownSurveys known, Tickets tickets, CancellationToken cancellationToken)
    {
        var (_, answers, standing, status) = await FindAsync(survey, map, minSqrtTs, minSeparation, slice, fresh, timeout, known, tickets, cancellationToken);
        return new(answers, standing, status);
    }

    private static Task<LiveText> EcsvAsync(
        string survey, string? map, [FromQuery(Name = "min_sqrt_ts")] string? minSqrtTs, [FromQuery(Name = "min_separation")] string? minSeparation, string? slice, string? fresh, string? timeout,
        KnownSurveys known, Tickets tickets, CancellationToken cancellationToken) =>
        TableAsync("ecsv", survey, map, minSqrtTs, minSeparation, slice, fresh, timeout, known, tickets, cancellationToken);

    private static Task<LiveText> VotAsync(
        string survey, string? map, [FromQuery(Name = "min_sqrt_ts")] string? minSqrtTs, [FromQuery(Name = "min_separation")] string? minSeparation, string? slice, string? fresh, string? timeout,
        KnownSurveys known, Tickets tickets, CancellationToken cancellationToken) =>
        TableAsync("vot", survey, map, minSqrtTs, minSeparation, slice, fresh, timeout, known, tickets, cancellationToken);

    private static async Task<LiveText> TableAsync(
        string ending, string survey, string? map, string? minSqrtTs, string? minSeparation, string? slice, string? fresh, string? timeout,
        KnownSurveys known, Tickets tickets, CancellationToken cancellationToken)
    {
        var (ofMap, answers, standing, status) = await FindAsync(survey, map, minSqrtTs, minSeparation, slice, fresh, timeout, known, tickets, cancellationToken);
        var (format, contentType) = Tables[ending];
        var body = TableFile.Format(CandidateAnswer.ToTable(answers, survey, ofMap, standing), format);
        return new(body, contentType, standing, status, fileName: $"candidates-{ofMap}{standing.InName}.{ending}");
    }

    private static async Task<(string Map, IReadOnlyList<CandidateAnswer> Answers, Standing Standing, int Status)> FindAsync(
        string survey, string? map, string? minSqrtTs, string? minSeparation, string? slice, string? fresh, string? timeout, KnownSurveys known, Tickets tickets, CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        var least = parameters.Number("min_sqrt_ts", minSqrtTs, 5, 3, 1e6);
        var separation = parameters.Number("min_separation", minSeparation, 0.3, 0, 180);
        var patience = parameters.Patience(fresh, timeout);
        parameters.Check();
        var own = await known.GetAsync(survey, cancellationToken);
        var wait = patience.Timeout < TimeSpan.FromSeconds(60) ? patience.Timeout : TimeSpan.FromSeconds(60);
        var list = await tickets.CandidatesAsync(own, new CandidateRequest(own.Map(map), least, separation, patience.Fresh, wait, own.Slice(slice)), cancellationToken);
        var standing = new Standing(list.Revision, list.ComputedAt, list.Revision < list.NewestRevision || list.TilesPending > 0, list.Window, Standing.Names(list.MissingTiles()));
        var status = patience.Fresh && standing.Stale ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        return (list.Map, [.. list.Items.Select(candidate => CandidateAnswer.Of(candidate, own.Grid, list.Map, standing))], standing, status);
    }
}
