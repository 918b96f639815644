using Orleans.Concurrency;

namespace TsMapSurvey.Contracts;

/// <summary>Finds a survey's new observations and passes them to their grains, a few at a time. Key: the survey's name.</summary>
[Alias("tsmap.IIntakeGrain")]
public interface IIntakeGrain : IGrainWithStringKey
{
    /// <summary>Starts the periodic listing of the store; a reminder restarts it after a restart.</summary>
    [Alias("Start"), AlwaysInterleave]
    Task Start(CancellationToken cancellationToken);

    /// <summary>Lists the store's observations now; concurrent calls share a listing.</summary>
    [Alias("Reconcile"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<IntakeReport> Reconcile(CancellationToken cancellationToken);

    /// <summary>
    /// Enqueues an observation that may be new or changed; it is in the queue when the call returns. The queue need not be durable: a new
    /// activation starts with the observations' records and a listing.
    /// </summary>
    /// <param name="name">Relative to the survey's prefix, or the blob's full name.</param>
    /// <returns>Whether the survey has this observation.</returns>
    /// <exception cref="SurveyServiceException">StoreUnavailable, StoreRefused.</exception>
    [Alias("Notify"), AlwaysInterleave]
    Task<bool> Notify(string name, CancellationToken cancellationToken);

    [Alias("GetReport"), AlwaysInterleave]
    Task<IntakeReport> GetReport(CancellationToken cancellationToken);

    [Alias("Observations"), AlwaysInterleave]
    Task<Page<ObservationEntry>> Observations(ObservationState? state, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Notifies of an observation's change of state that did not come from the intake. The notification may be lost.</summary>
    [Alias("ObservationChanged"), OneWay, AlwaysInterleave]
    Task ObservationChanged(ObservationStatus observation);
}
