using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Candidates;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Names;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Server.Vo.Cone;

/// <summary>Simple Cone Search 1.03 (IVOA Recommendation, 2008-02-22) of a survey's source candidates.</summary>
internal static class ConeEndpoint
{
    public const int MostRows = 10_000;

    /// <param name="survey">Further parameters than those of the standard are MAP, SLICE, MIN_SQRT_TS and MIN_SEPARATION.</param>
    public static async Task<IResult> AnswerAsync(
        string survey, HttpRequest request, KnownSurveys known, Tickets tickets, CancellationToken cancellationToken)
    {
        var parameters = await VoParameters.ReadAsync(request, cancellationToken);
        var own = await known.GetAsync(survey, cancellationToken);
        var centre = new SkyPosition(parameters.Needed("RA", 0, 360), parameters.Needed("DEC", -90, 90), SkyFrame.Icrs);
        var radiusDeg = parameters.Needed("SR", 0, 180);
        var verbosity = parameters.Integer("VERB", ConeTable.Usual, ConeTable.Least, ConeTable.All);
        var most = parameters.MaxRec(MostRows, MostRows);
        var (minSqrtTs, separation) = (Of(parameters, NumberParameter.MinSqrtTs), Of(parameters, NumberParameter.MinSeparationDeg));
        var (map, slice) = (parameters.One("MAP"), parameters.One("SLICE"));
        parameters.Check();
        var ask = new CandidateRequest(own.Survey.FindMap(map), minSqrtTs, separation, Fresh: false, TimeSpan.Zero,
            own.Survey.FindSlice(slice).Name);
        // A radius of 0 asks for the columns.
        var (found, list) = await FindAsync(
            candidate => radiusDeg > 0 && centre.SeparationDeg(Position(candidate)) <= radiusDeg, most + 1, own, ask, tickets,
            cancellationToken);
        var version = new DataVersion(
            list.Revision, list.ComputedAt, list.Revision < list.NewestRevision || list.TilesPending > 0, list.Window,
            DataVersion.Names(list.MissingTiles()));
        var answers = found.Take(most).Select(candidate => CandidateAnswer.Of(candidate, own, list.Map, version)).ToArray();
        var table = ConeTable.Of(answers, own, list.Map, version, verbosity);
        return new LiveText(
            new VoAnswer(table) { IsOverflow = found.Count > most || most == 0 }.Format(), VoAnswer.ContentType, version);
    }

    /// <summary>The candidates that are wanted, the most significant first, and what is known about all of them.</summary>
    private static async Task<(List<Candidate> Found, CandidateList List)> FindAsync(
        Predicate<Candidate> isWanted, int most, KnownSurvey survey, CandidateRequest request, Tickets tickets,
        CancellationToken cancellationToken)
    {
        var found = new List<Candidate>();
        while (true)
        {
            var list = await tickets.CandidatesAsync(survey, request, cancellationToken);
            found.AddRange(list.Items.Where(candidate => isWanted(candidate)));
            if (list.Next is null || found.Count >= most) return (found, list);
            request = request with { After = list.Next };
        }
    }

    private static double Of(VoParameters parameters, NumberParameter number) =>
        parameters.Number(number.Name, number.Default, number.Min, number.Max);

    private static SkyPosition Position(Candidate candidate) => new(candidate.RaDeg, candidate.DecDeg, SkyFrame.Icrs);
}
