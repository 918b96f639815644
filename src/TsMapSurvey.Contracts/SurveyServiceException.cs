using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>A failure of a grain call; the project's only exception on the wire.</summary>
[GenerateSerializer, Alias("tsmap.SurveyServiceException")]
public sealed class SurveyServiceException : Exception
{
    public SurveyServiceException(ServiceError error, string message, params ImmutableArray<string> problems)
        : base(message) => (Error, Problems) = (error, problems);

    [Id(0)]
    public ServiceError Error { get; }

    /// <summary>Each problem separately if there are several; otherwise empty.</summary>
    [Id(1)]
    public ImmutableArray<string> Problems { get; }

    /// <summary>Whether a retry of the same call may succeed.</summary>
    public bool RetryHelps => Error is ServiceError.StoreUnavailable or ServiceError.StoreFull or ServiceError.Blocked
        or ServiceError.LostRace or ServiceError.Stopping
        or ServiceError.TooManyJobs or ServiceError.Busy;
}
