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

    /// <summary>
    /// Has an observation that is quarantined or retracted read again, as it is in the store now, and stacked if it is good.
    /// </summary>
    /// <exception cref="SurveyServiceException">UnknownObservation; WrongState.</exception>
    [Alias("Retry")]
    Task<ObservationStatus> Retry(CancellationToken cancellationToken);

    /// <summary>
    /// Takes the observation out of every tile, whatever state it is in, and keeps it out until another version comes. Answers when the
    /// decision is durable; the tiles follow. What is retracted already stays so.
    /// </summary>
    /// <param name="operationId">The same for every repetition of one wish; appears in the reason.</param>
    /// <exception cref="SurveyServiceException">UnknownObservation.</exception>
    [Alias("Retract"), AlwaysInterleave]
    Task<ObservationStatus> Retract(string operationId, CancellationToken cancellationToken);

    /// <summary>
    /// A hint of a tile: it could not make its stack again with this version, which the store has no longer, and holds it no more.
    /// </summary>
    [Alias("Lost"), OneWay]
    Task Lost(ObservationRef observation);
}
