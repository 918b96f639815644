using Microsoft.AspNetCore.Mvc;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Description;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Api.Observations;

internal static class ObservationEndpoints
{
    private const string Tag = "Observations";
    private const string IdempotencyKey = "Idempotency-Key";
    private const int MaxKeyLength = 255;
    private const string Retract = "/retract";
    private const string Retry = "/retry";

    public static void Map(RouteGroupBuilder survey)
    {
        survey.MapGet("/observations", ListAsync).WithTags(Tag).WithName("listObservations").WithPages()
            .WithSummary("Observations ordered by name, with state and reason. The header Link has the URL of the next page");
        survey.MapGet("/observations/{**name}", GetAsync).WithTags(Tag).WithName("getObservation")
            .WithSummary("One observation: its state, its history with times and reasons, and its tiles");
        survey.MapPost("/observations/{name}" + Retract, RetractAsync).WithTags(Tag).WithName("retractObservation").ProducesProblem(409)
            .WithSummary("Removes an observation from its tiles and keeps it out until a retry. Accepted at once; the state changes later");
        survey.MapPost("/observations/{name}" + Retry, RetryAsync).WithTags(Tag).WithName("retryObservation").ProducesProblem(409)
            .WithSummary("Reads a quarantined or retracted observation again. Accepted at once; the state changes later");
        // Also for names with slashes, which an OpenAPI path cannot express.
        survey.MapPost("/observations/{**name}", ActAsync).ExcludeFromDescription();
    }

    private static async Task<LiveJson<IReadOnlyList<ObservationEntry>>> ListAsync(
        string survey, string? state, string? after, string? limit, KnownSurveys known, IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        var wanted = parameters.Words<ObservationState>("state", state);
        var most = parameters.Integer("limit", limit, Page<ObservationEntry>.MaxItems, 1, Page<ObservationEntry>.MaxItems);
        if (after?.Length > 1000) parameters.Wrong("after", after, "a name of at most 1000 characters");
        parameters.Check();
        var name = (await known.GetAsync(survey, cancellationToken)).Name;
        var page = await ObservationPage.OfAsync(grains.Survey(name), wanted, after, most, cancellationToken);
        return new(
            page.Items, next: ApiRoutes.Next($"{ApiRoutes.Surveys}/{name}/observations", page.Next, ("state", state), ("limit", limit)));
    }

    private static async Task<LiveJson<ObservationStatus>> GetAsync(
        string survey, string name, KnownSurveys known, IGrainFactory grains, CancellationToken cancellationToken) =>
        new(await (await FindAsync(survey, name, known, grains, cancellationToken)).GetStatus(cancellationToken));

    private static Task<Microsoft.AspNetCore.Http.HttpResults.Accepted<ObservationStatus>> RetractAsync(
        string survey, string name, [FromHeader(Name = "Idempotency-Key")] string? operation, KnownSurveys known, IGrainFactory grains,
        CancellationToken cancellationToken) =>
        ActAsync(survey, name + Retract, operation, known, grains, cancellationToken);

    private static Task<Microsoft.AspNetCore.Http.HttpResults.Accepted<ObservationStatus>> RetryAsync(
        string survey, string name, KnownSurveys known, IGrainFactory grains, CancellationToken cancellationToken) =>
        ActAsync(survey, name + Retry, null, known, grains, cancellationToken);

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.Accepted<ObservationStatus>> ActAsync(
        string survey, string name, [FromHeader(Name = IdempotencyKey)] string? operation, KnownSurveys known, IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        if (operation is not null && (operation.Length > MaxKeyLength || operation.Any(char.IsControl)))
            throw RequestErrors.BadParameters(
                [$"{IdempotencyKey}: found {operation.Length} characters, expected at most {MaxKeyLength} printable ones"]);
        var retracts = name.EndsWith(Retract, StringComparison.Ordinal);
        if (!retracts && !name.EndsWith(Retry, StringComparison.Ordinal)) throw SurveyErrors.UnknownObservation(survey, name);
        var observation = await FindAsync(survey, name[..^(retracts ? Retract : Retry).Length], known, grains, cancellationToken);
        var status = retracts
            ? await observation.Retract(string.IsNullOrEmpty(operation) ? Guid.NewGuid().ToString("N") : operation, cancellationToken)
            : await observation.Retry(cancellationToken);
        return TypedResults.Accepted((string?)null, status);
    }

    /// <summary>Looks the name up in the survey's list, so that only existing names reach a grain.</summary>
    private static async Task<IObservationGrain> FindAsync(
        string survey, string name, KnownSurveys known, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var surveyName = (await known.GetAsync(survey, cancellationToken)).Name;
        if (BlobName.Fault(name) is not null || !ObservationStore.IsObservation(name))
            throw SurveyErrors.UnknownObservation(surveyName, name);
        var page = await grains.Survey(surveyName).Observations(null, JustBefore(name), 1, cancellationToken);
        return page.Items is [{ } found] && found.Name == name
            ? grains.Observation(surveyName, name) : throw SurveyErrors.UnknownObservation(surveyName, name);
    }

    /// <summary>A text that sorts immediately before the name: no name contains U+FFFF.</summary>
    private static string JustBefore(string name) => name[..^1] + (char)(name[^1] - 1) + '\uffff';
}
