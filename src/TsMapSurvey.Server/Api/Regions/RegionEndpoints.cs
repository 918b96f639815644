using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Description;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Regions;

/// <summary>What a survey knows about a region: a MOC in the request's body, or a HEALPix cell.</summary>
internal static class RegionEndpoints
{
    private const string Tag = "Positions";

    public static void Map(RouteGroupBuilder survey)
    {
        survey.MapPost("/regions", RegionAsync).WithTags(Tag).WithName("postRegion")
            .WithSummary(
                "What the survey knows about a region, a MOC in the body as FITS, JSON or ASCII: its covered part, the deepest exposure "
                + "and limit, candidates, tiles and observations. Changes nothing and needs no key")
            .Accepts<object>(RegionBody.Json, MapFile.Fits, RegionBody.Ascii).Produces<RegionAnswer>().Produces<RegionAnswer>(202)
            .ProducesProblem(413).ProducesProblem(415).WithVersionHeaders()
            .WithMetadata(new RequestSizeLimitAttribute(RegionBody.MaxBytes), new OnlyReads());
        survey.MapGet("/healpix/{order}/{index}", CellAsync).WithTags(Tag).WithName("getHealpixCell")
            .WithSummary("The same for a HEALPix cell, in nested numbering and ICRS; the values at its centre are at the path point")
            .Produces<RegionAnswer>().Produces<RegionAnswer>(202).WithVersionHeaders();
    }

    private static async Task<IResult> RegionAsync(
        string survey, [AsParameters] PlaneQuery plane, [FromQuery(Name = "min_sqrt_ts")] string? minSqrtTs,
        [AsParameters] WaitQuery wait, HttpRequest request, KnownSurveys known, RegionReader reader, CancellationToken cancellationToken)
    {
        var own = await known.GetAsync(survey, cancellationToken);
        var ask = Question(new Parameters(), own, plane, minSqrtTs, wait);
        return await AnswerAsync(ask(await RegionBody.ReadAsync(request, cancellationToken), null), reader, cancellationToken);
    }

    private static async Task<IResult> CellAsync(
        string survey, string order, string index, [AsParameters] PlaneQuery plane,
        [FromQuery(Name = "min_sqrt_ts")] string? minSqrtTs, [AsParameters] WaitQuery wait, KnownSurveys known, RegionReader reader,
        CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        var ofOrder = parameters.Integer("order", order, 0, 0, HealpixCell.DeepestOrder);
        if (!long.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= HealpixCell.Count(ofOrder))
            parameters.Wrong("index", index, $"a cell of the order: 0 to {HealpixCell.Count(ofOrder) - 1}");
        var own = await known.GetAsync(survey, cancellationToken);
        var ask = Question(parameters, own, plane, minSqrtTs, wait);
        var cell = new HealpixCell(ofOrder, number);
        var (ra, dec, _) = cell.Centre;
        var path = string.Create(CultureInfo.InvariantCulture, $"{ApiRoutes.Surveys}/{own.Name}/point/{ra:0.########},{dec:0.########}");
        var values = new[] { ("map", plane.Map), ("energy", plane.Energy), ("slice", plane.Slice) }
            .Where(one => !string.IsNullOrEmpty(one.Item2)).Select(one => KeyValuePair.Create(one.Item1, one.Item2));
        return await AnswerAsync(ask(Moc.OfCells([cell]), path + QueryString.Create(values)), reader, cancellationToken);
    }

    /// <summary>Checks the parameters before the body is read.</summary>
    private static Func<Moc, string?, RegionQuestion> Question(
        Parameters parameters, KnownSurvey survey, PlaneQuery plane, string? minSqrtTs, WaitQuery wait)
    {
        var map = survey.Survey.FindMap(plane.Map);
        var bin = KnownSurvey.EnergyBin(parameters, plane.Energy, survey.Axis(map, "ts")) ?? 0;
        var significance = parameters.Number(NumberParameter.MinSqrtTs, minSqrtTs);
        var waitOptions = parameters.Wait(wait);
        var slice = survey.Survey.FindSlice(plane.Slice).Name;
        parameters.Check();
        return (region, point) => new RegionQuestion(survey, region, map, slice, bin, significance, waitOptions, point);
    }

    private static async Task<IResult> AnswerAsync(RegionQuestion question, RegionReader reader, CancellationToken cancellationToken)
    {
        var (answer, version, isComplete) = await reader.AnswerAsync(question, cancellationToken);
        return new LiveJson<RegionAnswer>(answer, version, isComplete ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }
}
