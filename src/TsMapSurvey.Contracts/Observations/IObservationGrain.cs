using Orleans.Concurrency;

namespace TsMapSurvey.Contracts;

/// <summary>One observation on its way into the tiles. Key: SURVEY/NAME.</summary>
[Alias("tsmap.IObservationGrain")]
public interface IObservationGrain : IGrainWithStringKey
{
    /// <summary>
    /// A version of the blob is there: goes on with it as far as it goes, from where the durable record says. May be repeated.
    /// An unsettled answer, or a failure, means: later again.
    /// </summary>
    [Alias("Arrive"), ResponseTimeout("00:10:00")]
    Task<ObservationStatus> Arrive(ObservationRef observation, CancellationToken cancellationToken);

    /// <exception cref="SurveyServiceException">UnknownObservation.</exception>
    [Alias("GetStatus"), AlwaysInterleave]
    Task<ObservationStatus> GetStatus(CancellationToken cancellationToken);

    /// <summary>Has a quarantined observation read again: one that no tile has begun to add.</summary>
    /// <exception cref="SurveyServiceException">UnknownObservation, WrongState.</exception>
    [Alias("Retry")]
    Task<ObservationStatus> Retry(CancellationToken cancellationToken);

    /// <summary>Takes the observation out of every tile.</summary>
    /// <param name="operationId">The same for every repetition of one wish.</param>
    /// <exception cref="SurveyServiceException">UnknownObservation, NotYet.</exception>
    [Alias("Retract")]
    Task<ObservationStatus> Retract(string operationId, CancellationToken cancellationToken);
}
