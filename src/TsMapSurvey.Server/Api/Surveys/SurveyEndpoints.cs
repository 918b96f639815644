using System.Collections.Immutable;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Surveys;
using TsMapSurvey.Server.Cluster;
using TsMapSurvey.Server.Description;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Surveys;

internal static class SurveyEndpoints
{
    private const string Tag = "Surveys";
    private const string StatusSummary = "Status of the survey: counts of observations by state, tiles, revision";

    public static void Map(RouteGroupBuilder surveys, RouteGroupBuilder survey)
    {
        surveys.MapGet("", ListAsync).WithTags(Tag).WithName("listSurveys").WithSummary("All surveys, each with its status");
        surveys.MapPost("", CreateAsync).WithTags(Tag).WithName("createSurvey")
            .WithSummary("Defines a survey; the body is its survey.json. Repeating the same definition changes nothing").DefinesASurvey();
        survey.MapPut("", ReplaceAsync).WithTags(Tag).WithName("putSurvey")
            .WithSummary("Defines the survey of this name. Repeating the same definition changes nothing").DefinesASurvey();
        survey.MapDelete("", DeleteAsync).WithTags(Tag).WithName("deleteSurvey").Produces(204)
            .WithSummary("Deletes the survey: definition, tiles, maps and records, but not the files of its observations. "
                + "Repeating the request continues an interrupted deletion");
        survey.MapGet("", StatusAsync).WithTags(Tag).WithName("getSurvey").WithSummary(StatusSummary).WithVersionHeaders();
        survey.MapGet("/status", StatusAsync).WithTags(Tag).WithName("getStatus").WithSummary(StatusSummary).WithVersionHeaders();
        survey.MapGet("/info", InfoAsync).WithTags(Tag).WithName("getInfo")
            .WithSummary("Description of the survey: grid, maps, quantities, definition");
    }

    private static void DefinesASurvey(this RouteHandlerBuilder operation) => operation.Accepts<SurveyDefinition>("application/json")
        .Produces<StatusAnswer>(StatusCodes.Status201Created).Produces<StatusAnswer>().ProducesProblem(409).ProducesProblem(413)
            .ProducesProblem(415);

    private static async Task<LiveJson<ImmutableArray<StatusAnswer>>> ListAsync(
        KnownSurveys known, IGrainFactory grains, ClusterNotes notes, CancellationToken cancellationToken)
    {
        var names = await known.ListAsync(cancellationToken);
        return new([.. await Task.WhenAll(names.Select(name => OfAnyAsync(grains, notes, name, cancellationToken)))]);
    }

    /// <summary>A survey that cannot be served is listed with the reason, so that it does not hide the others.</summary>
    private static async Task<StatusAnswer> OfAnyAsync(
        IGrainFactory grains, ClusterNotes notes, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await OfAsync(grains, notes, name, cancellationToken);
        }
        catch (SurveyServiceException exception) when (!exception.RetryHelps)
        {
            return StatusAnswer.OfFault(name, exception.Message);
        }
    }

    private static async Task<LiveJson<StatusAnswer>> StatusAsync(
        string survey, KnownSurveys known, IGrainFactory grains, ClusterNotes notes, CancellationToken cancellationToken)
    {
        var status = await OfAsync(grains, notes, (await known.GetAsync(survey, cancellationToken)).Name, cancellationToken);
        return new(status, new DataVersion(status.Revision, status.ComputedAt, status.Stale));
    }

    private static async Task<LiveJson<InfoAnswer>> InfoAsync(string survey, KnownSurveys known, CancellationToken cancellationToken) =>
        new(InfoAnswer.Of(await known.GetAsync(survey, cancellationToken)));

    private static Task<IResult> CreateAsync(
        HttpRequest request, KnownSurveys known, IGrainFactory grains, ClusterNotes notes, CancellationToken cancellationToken) =>
        DefineAsync(null, request, known, grains, notes, cancellationToken);

    private static Task<IResult> ReplaceAsync(
        string survey, HttpRequest request, KnownSurveys known, IGrainFactory grains, ClusterNotes notes,
        CancellationToken cancellationToken) =>
        DefineAsync(survey, request, known, grains, notes, cancellationToken);

    private static async Task<IResult> DefineAsync(
        string? name, HttpRequest request, KnownSurveys known, IGrainFactory grains, ClusterNotes notes,
        CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType()) throw RequestErrors.NotJson(request.ContentType);
        using var reader = new StreamReader(request.Body);
        var json = await reader.ReadToEndAsync(cancellationToken);
        var definition = SurveyDefinition.Parse(json);
        if (name is not null && definition.Name != name) throw RequestErrors.BadDefinition(
            [$"name: found '{definition.Name}', expected '{MessageText.Of(name)}', the name in the path"]);
        var isNew = await grains.Survey(definition.Name).Define(json, cancellationToken);
        known.Forget();
        var status = await OfAsync(grains, notes, definition.Name, cancellationToken);
        return isNew ? TypedResults.Created($"{ApiRoutes.Surveys}/{definition.Name}", status) : TypedResults.Ok(status);
    }

    private static async Task<IResult> DeleteAsync(
        string survey, KnownSurveys known, SurveyDeletion deletion, CancellationToken cancellationToken)
    {
        // A name that no survey may have is deleted only if somebody put such a definition into the store.
        if (!SurveyNames.IsSurvey(survey) && await known.ListAsync(cancellationToken) is var names && !names.Contains(survey))
            throw SurveyErrors.UnknownSurvey(survey, names);
        var isDone = await deletion.RunAsync(survey, cancellationToken);
        known.Forget();
        return isDone ? TypedResults.NoContent() : throw SurveyErrors.UnknownSurvey(survey, await known.ListAsync(cancellationToken));
    }

    private static async Task<StatusAnswer> OfAsync(
        IGrainFactory grains, ClusterNotes notes, string name, CancellationToken cancellationToken)
    {
        var status = grains.Survey(name).GetStatus(cancellationToken);
        var intake = grains.Intake(name).GetReport(cancellationToken);
        return StatusAnswer.Of(await status, await intake, notes.Warnings);
    }
}
