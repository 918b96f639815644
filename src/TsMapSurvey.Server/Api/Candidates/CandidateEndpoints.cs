using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Description;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Surveys.Names;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Server.Api.Candidates;

internal static class CandidateEndpoints
{
    private const string Tag = "The whole survey";
    private const string Path = "/candidates";

    private static readonly CandidateFile[] Files =
    [
        new("csv", TableFormat.Csv, "text/csv", "The candidates as comma-separated values"),
        new("ecsv", TableFormat.Ecsv, "text/csv", "The candidates as an ECSV table, which astropy reads"),
        new("vot", TableFormat.VoTable, "application/x-votable+xml", "The candidates as a VOTable 1.4"),
    ];

    public static void Map(RouteGroupBuilder survey)
    {
        foreach (var (path, name) in new[] { (Path, "listCandidates"), ($"{Path}.json", "getCandidatesJson") })
        {
            survey.MapGet(path, ListAsync).WithTags(Tag).WithName(name)
                .WithSummary("Source candidates: peaks of sqrt_ts, most significant first")
                .Produces<IReadOnlyList<CandidateAnswer>>(StatusCodes.Status202Accepted).WithVersionHeaders().WithPages();
        }

        foreach (var file in Files)
        {
            survey.MapGet($"{Path}.{file.Ending}", TableAsync).WithMetadata(file).WithTags(Tag).WithSummary(file.Summary)
                .WithName($"getCandidates{char.ToUpperInvariant(file.Ending[0])}{file.Ending[1..]}")
                .Produces<string>(StatusCodes.Status200OK, file.ContentType)
                    .Produces<string>(StatusCodes.Status202Accepted, file.ContentType)
                .WithVersionHeaders().WithPages();
        }
    }

    private static async Task<LiveJson<IReadOnlyList<CandidateAnswer>>> ListAsync(
        string survey, [AsParameters] CandidateQuery query, HttpRequest request, KnownSurveys known, Tickets tickets,
        CancellationToken cancellationToken)
    {
        var found = await FindAsync(survey, query, known, tickets, cancellationToken);
        return new(found.Answers, found.Version, found.Status, query.Next(request.Path, found.Next));
    }

    private static async Task<LiveText> TableAsync(
        string survey, [AsParameters] CandidateQuery query, HttpContext context, KnownSurveys known, Tickets tickets,
        CancellationToken cancellationToken)
    {
        var file = context.GetEndpoint()!.Metadata.GetRequiredMetadata<CandidateFile>();
        var found = await FindAsync(survey, query, known, tickets, cancellationToken);
        var body = TableFile.Format(CandidateAnswer.ToTable(found.Answers, survey, found.Map, found.Version), file.Format);
        var next = query.Next(context.Request.Path, found.Next);
        return new(body, $"{file.ContentType}; charset=utf-8", found.Version, found.Status, next,
            $"candidates-{found.Map}{found.Version.InName}.{file.Ending}");
    }

    private static async Task<Found> FindAsync(
        string survey, CandidateQuery query, KnownSurveys known, Tickets tickets, CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        var minSqrtTs = parameters.Number(NumberParameter.MinSqrtTs, query.MinSqrtTs);
        var separation = parameters.Number(NumberParameter.MinSeparationDeg, query.MinSeparation);
        var waitOptions = parameters.Wait(new WaitQuery(query.Fresh, query.Timeout));
        var limit = parameters.Integer("limit", query.Limit, Page<Candidate>.MaxItems, 1, Page<Candidate>.MaxItems);
        var after = query.Place(parameters);
        parameters.Check();
        var own = await known.GetAsync(survey, cancellationToken);
        var wait = waitOptions.Timeout < TimeSpan.FromSeconds(60) ? waitOptions.Timeout : TimeSpan.FromSeconds(60);
        var request = new CandidateRequest(
            own.Survey.FindMap(query.Map), minSqrtTs, separation, waitOptions.Fresh, wait, own.Survey.FindSlice(query.Slice).Name, limit,
            after);
        var list = await tickets.CandidatesAsync(own, request, cancellationToken);
        var isStale = list.Revision < list.NewestRevision || list.TilesPending > 0;
        var version = new DataVersion(list.Revision, list.ComputedAt, isStale, list.Window, DataVersion.Names(list.MissingTiles()));
        var status = waitOptions.Fresh && version.Stale ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        CandidateAnswer[] answers = [.. list.Items.Select(candidate => CandidateAnswer.Of(candidate, own, list.Map, version))];
        return new Found(list.Map, answers, version, status, list.Next);
    }

    private sealed record Found(string Map, IReadOnlyList<CandidateAnswer> Answers, DataVersion Version, int Status, CandidatePlace? Next);

    private sealed record CandidateFile(string Ending, TableFormat Format, string ContentType, string Summary);
}
