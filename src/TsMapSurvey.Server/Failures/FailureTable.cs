using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Plots;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Failures;

/// <summary>The HTTP answer to a failure.</summary>
/// <param name="Detail">Null if the cause must not be shown to clients.</param>
/// <param name="RetryAfterS">Seconds after which the same request may succeed; null if it will not.</param>
internal sealed record Failure(int Status, string? Detail, IReadOnlyList<string> Errors, int? RetryAfterS = null);

/// <summary>The only mapping from exceptions to HTTP statuses.</summary>
internal static class FailureTable
{
    private const int SoonS = 2;

    public static Failure Of(Exception exception) => exception switch
    {
        RequestException request =>
            new(request.Status, request.Message, request.Problems, request.RetryAfterS ?? (request.Status is 503 or 429 ? SoonS : null)),
        SurveyServiceException service =>
            new(Status(service.Error), service.Message, service.Problems.IsDefault ? [] : service.Problems,
                service.RetryHelps ? SoonS : null),
        SurveyException { Unknown: not null } => new(404, exception.Message, []),
        SurveyException survey => new(400, survey.Message, survey.Problems),
        StorageException { IsRetryable: true } => new(503, exception.Message, [], SoonS),
        StorageException { Error: StorageError.Full } => new(507, exception.Message, [], SoonS),
        StorageException { Error: StorageError.InvalidName } => new(400, exception.Message, []),
        PlotException or SkyException => new(400, exception.Message, []),
        StorageException or FitsException or MapException => new(500, exception.Message, []),
        BadHttpRequestException request => new(request.StatusCode, request.Message, []),
        // Kestrel throws this for a chunk whose length overflows. Failures of a store are StorageExceptions.
        IOException { InnerException: OverflowException } => new(400, $"body: {exception.Message}", []),
        TimeoutException or OrleansException => new(503, "an internal component did not answer in time", [], SoonS),
        _ => new(500, null, []),
    };

    private static int Status(ServiceError error) => error switch
    {
        ServiceError.UnknownSurvey or ServiceError.UnknownObservation or ServiceError.UnknownTile or ServiceError.UnknownMap
            or ServiceError.UnknownQuantity or ServiceError.UnknownSlice => 404,
        ServiceError.UnknownJob or ServiceError.UnknownDataset or ServiceError.NoMosaic => 404,
        ServiceError.BadDefinition or ServiceError.BadOptions => 400,
        ServiceError.TooManyJobs => 429,
        ServiceError.StoreFull => 507,
        ServiceError.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ServiceError.DefinitionConflict or ServiceError.TooManySurveys or ServiceError.WrongState or ServiceError.UndatedObservations =>
            409,
        ServiceError.StoreUnavailable or ServiceError.Blocked or ServiceError.LostRace or ServiceError.Stopping or ServiceError.Busy => 503,
        _ => 500,
    };
}
