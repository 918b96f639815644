using Orleans.Concurrency;

namespace TsMapSurvey.Contracts;

/// <summary>Puts one observation into its tiles. Key: SURVEY/NAME.</summary>
[Alias("tsmap.IObservationGrain")]
public interface IObservationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Processes the blob's version in the store as far as possible, from the state of the durable record. Idempotent. The caller repeats
    /// the call later if it fails or if the returned state is not settled.
    /// </summary>
    [Alias("Arrive"), ResponseTimeout("00:10:00")]
    Task<ObservationStatus> Arrive(ObservationRef observation, CancellationToken cancellationToken);

    /// <exception cref="SurveyServiceException">UnknownObservation.</exception>
    [Alias("GetStatus"), AlwaysInterleave]
    Task<ObservationStatus> GetStatus(CancellationToken cancellationToken);

    /// <summary>
    /// Reads a quarantined or retracted observation again, in its current version in the store, and stacks it if it is valid.
    /// </summary>
    /// <exception cref="SurveyServiceException">UnknownObservation; WrongState.</exception>
    [Alias("Retry")]
    Task<ObservationStatus> Retry(CancellationToken cancellationToken);

    /// <summary>
    /// Removes the observation from every tile, whatever its state, and keeps it out until another version arrives. Returns when the
    /// decision is durable; the tiles follow. Idempotent.
    /// </summary>
    /// <param name="operationId">The same for all retries of one request; appears in the reason.</param>
    /// <exception cref="SurveyServiceException">UnknownObservation.</exception>
    [Alias("Retract"), AlwaysInterleave]
    Task<ObservationStatus> Retract(string operationId, CancellationToken cancellationToken);

    /// <summary>
    /// Notifies that a tile dropped this version: the tile had to rebuild its stack, and the store no longer has the version.
    /// </summary>
    [Alias("Lost"), OneWay]
    Task Lost(ObservationRef observation);
}
