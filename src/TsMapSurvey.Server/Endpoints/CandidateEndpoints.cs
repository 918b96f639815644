using Microsoft.AspNetCore.Mvc;
using TsMapSurvey.Contracts;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server;

/// <summary>A peak of sqrt_ts.</summary>
/// <param name="Ra">ICRS degrees; Lon and Lat: in the survey's own frame.</param>
/// <param name="PixelX">In the survey's grid, from 0.</param>
/// <param name="Flux">cm-2 s-1 in the energy bin, with its error.</param>
/// <param name="Revision">Of the tile's map; ComputedAt and Stale: of the whole list.</param>
internal sealed record CandidateAnswer(
    double Ra, double Dec, double Lon, double Lat, double SqrtTs, double Ts, double Flux, double FluxErr, int EnergyBin, double EnergyMinTeV, double EnergyMaxTeV,
    string Map, string Tile, int PixelX, int PixelY, long Revision, DateTimeOffset? ComputedAt, bool Stale);

internal static class CandidateEndpoints
{
    private const string Tag = "The whole survey";

    public static void Map(RouteGroupBuilder survey)
    {
        foreach (var path in new[] { "/candidates", "/candidates.json" })
            survey.MapGet(path, ListAsync).WithTags(Tag).WithSummary("Peaks of sqrt_ts, the most significant first");
    }

    private static async Task<LiveJson<IReadOnlyList<CandidateAnswer>>> ListAsync(
        string survey, string? map, [FromQuery(Name = "min_sqrt_ts")] string? minSqrtTs, [FromQuery(Name = "min_separation")] string? minSeparation, string? fresh, string? timeout,
        KnownSurveys known, Tickets tickets, CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        var least = parameters.Number("min_sqrt_ts", minSqrtTs, 5, 3, 1e6);
        var separation = parameters.Number("min_separation", minSeparation, 0.3, 0, 180);
        var patience = parameters.Patience(fresh, timeout);
        parameters.Check();
        var own = await known.GetAsync(survey, cancellationToken);
        var wait = patience.Timeout < TimeSpan.FromSeconds(60) ? patience.Timeout : TimeSpan.FromSeconds(60);
        var list = await tickets.CandidatesAsync(own, new CandidateRequest(own.Map(map), least, separation, patience.Fresh, wait), cancellationToken);
        var standing = new Standing(list.Revision, list.ComputedAt, list.Revision < list.NewestRevision || list.TilesPending > 0);
        var status = patience.Fresh && standing.Stale ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        return new([.. list.Items.Select(candidate => Of(candidate, own.Grid, list.Map, standing))], standing, status);
    }

    private static CandidateAnswer Of(Candidate candidate, SkyGrid grid, string map, Standing standing)
    {
        var position = new SkyPosition(candidate.RaDeg, candidate.DecDeg, SkyFrame.Icrs);
        var own = position.To(grid.Frame);
        grid.TryPixelOf(position, out int x, out int y);
        return new CandidateAnswer(
            candidate.RaDeg, candidate.DecDeg, own.LonDeg, own.LatDeg, candidate.SqrtTs, candidate.Ts, candidate.Flux, candidate.FluxErr, candidate.EnergyBin,
            candidate.EnergyMinTeV, candidate.EnergyMaxTeV, map, candidate.Tile, x, y, candidate.Revision, standing.ComputedAt, standing.Stale);
    }
}
