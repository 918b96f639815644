using TsMapSurvey.Server.Api.Candidates;
using TsMapSurvey.Server.Api.Compute;
using TsMapSurvey.Server.Api.Coverage;
using TsMapSurvey.Server.Api.Health;
using TsMapSurvey.Server.Api.LiveFeed;
using TsMapSurvey.Server.Api.Mosaics;
using TsMapSurvey.Server.Api.Notices;
using TsMapSurvey.Server.Api.Observations;
using TsMapSurvey.Server.Api.Pictures;
using TsMapSurvey.Server.Api.Points;
using TsMapSurvey.Server.Api.Regions;
using TsMapSurvey.Server.Api.Seams;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Api.Tiles;
using TsMapSurvey.Server.Vo;
using TsMapSurvey.Server.Vo.Hips;

namespace TsMapSurvey.Server.Api;

internal static class ApiRoutes
{
    public const string Surveys = "/api/surveys";

    public static void Map(WebApplication app)
    {
        var surveys = app.MapGroup(Surveys).AddEndpointFilter<KnownParameters>().ProducesProblem(400).ProducesProblem(404)
            .ProducesProblem(503);
        var survey = surveys.MapGroup("/{survey}");
        SurveyEndpoints.Map(surveys, survey);
        ObservationEndpoints.Map(survey);
        NotifyEndpoint.Map(survey);
        TileEndpoints.Map(survey);
        TileMapEndpoints.Map(survey);
        PointEndpoints.Map(survey);
        SpectrumEndpoint.Map(survey);
        ProfileEndpoint.Map(survey);
        AssetsEndpoint.Map(survey);
        PostedPoints.Map(survey);
        MosaicEndpoints.Map(survey);
        CandidateEndpoints.Map(survey);
        CoverageEndpoints.Map(survey);
        SeamsEndpoint.Map(survey);
        RegionEndpoints.Map(survey);
        LiveFeedEndpoint.Map(survey);
        ColorBarEndpoint.Map(app);
        ComputeEndpoints.Map(app);
        HealthEndpoints.Map(app);
        VoRoutes.Map(app);
        HipsEndpoints.Map(app);
    }

    /// <summary>The URL of a list's next page; null after the last one.</summary>
    public static string? Next(string path, string? after, params (string Name, string? Value)[] parameters)
    {
        if (after is null) return null;
        var query = parameters.Where(parameter => !string.IsNullOrEmpty(parameter.Value)).Append(("after", after));
        return path + QueryString.Create(query.Select(parameter => KeyValuePair.Create(parameter.Item1, (string?)parameter.Item2)));
    }
}
