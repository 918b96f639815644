using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Plots;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Failures;

/// <summary>What a client is told of a failure.</summary>
/// <param name="Detail">Null: nothing that is for a client.</param>
/// <param name="RetryAfterS">Seconds after which the same request may succeed; null: it will not.</param>
internal sealed record Failure(int Status, string? Detail, IReadOnlyList<string> Errors, int? RetryAfterS = null);

/// <summary>The one table from exception to HTTP status.</summary>
internal static class FailureTable
{
    private const int SoonS = 2;

    public static Failure Of(Exception exception) => exception switch
    {
        RequestException bad => new(bad.Status, bad.Message, bad.Problems, bad.Status is 503 or 429 ? SoonS : null),
        SurveyServiceException bad =>
            new(Status(bad.Error), bad.Message, bad.Problems.IsDefault ? [] : bad.Problems, bad.RetryHelps ? SoonS : null),
        SurveyException { Unknown: not null } bad => new(404, bad.Message, []),
        SurveyException bad => new(400, bad.Message, bad.Problems),
        StorageException { IsRetryable: true } bad => new(503, bad.Message, [], SoonS),
        StorageException { Error: StorageError.Full } bad => new(507, bad.Message, [], SoonS),
        StorageException { Error: StorageError.InvalidName } bad => new(400, bad.Message, []),
        PlotException or SkyException => new(400, exception.Message, []),
        StorageException or FitsException or MapException => new(500, exception.Message, []),
        BadHttpRequestException bad => new(bad.StatusCode, bad.Message, []),
        // What Kestrel makes of a chunk whose length overflows; a store's faults are StorageExceptions.
        IOException { InnerException: OverflowException } bad => new(400, $"body: {bad.Message}", []),
        TimeoutException or OrleansException => new(503, "no answer in time from the part of the service that knows", [], SoonS),
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
