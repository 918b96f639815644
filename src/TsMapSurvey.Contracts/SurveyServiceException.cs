using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>A grain's failure, one of <see cref="ServiceError"/>; the only exception of ours on the wire.</summary>
[GenerateSerializer, Alias("tsmap.SurveyServiceException")]
public sealed class SurveyServiceException : Exception
{
    public SurveyServiceException(ServiceError error, string message, params ImmutableArray<string> problems)
        : base(message) => (Error, Problems) = (error, problems);

    [Id(0)]
    public ServiceError Error { get; }

    /// <summary>Every problem by itself where there are several; else empty.</summary>
    [Id(1)]
    public ImmutableArray<string> Problems { get; }

    /// <summary>Whether the same call may succeed later, without anyone changing anything.</summary>
    public bool RetryHelps => Error is ServiceError.StoreUnavailable or ServiceError.StoreFull or ServiceError.Blocked
        or ServiceError.LostRace or ServiceError.Stopping
        or ServiceError.TooManyJobs or ServiceError.Busy;
}
