using Orleans.Concurrency;

namespace TsMapSurvey.Contracts;

/// <summary>Finds a survey's new observations and sends them on, so many at a time. Key: the survey's name.</summary>
[Alias("tsmap.IIntakeGrain")]
public interface IIntakeGrain : IGrainWithStringKey
{
    /// <summary>Begins to look, now and from time to time, also after a restart.</summary>
    [Alias("Start"), AlwaysInterleave]
    Task Start(CancellationToken cancellationToken);

    /// <summary>Lists the store now; concurrent calls share a listing.</summary>
    [Alias("Reconcile"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<IntakeReport> Reconcile(CancellationToken cancellationToken);

    /// <summary>
    /// A hint: this observation is there or has changed. With the answer it is in line, or there is none; what is in line when an
    /// activation ends, the next one finds again, since it begins with the records and a listing.
    /// </summary>
    /// <param name="name">Relative to the survey's prefix, or the blob's full name.</param>
    /// <returns>Whether there is such an observation of this survey.</returns>
    /// <exception cref="SurveyServiceException">StoreUnavailable, StoreRefused.</exception>
    [Alias("Notify"), AlwaysInterleave]
    Task<bool> Notify(string name, CancellationToken cancellationToken);

    [Alias("GetReport"), AlwaysInterleave]
    Task<IntakeReport> GetReport(CancellationToken cancellationToken);

    [Alias("Observations"), AlwaysInterleave]
    Task<Page<ObservationEntry>> Observations(ObservationState? state, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>A hint of an observation: it came into another state by itself.</summary>
    [Alias("ObservationChanged"), OneWay, AlwaysInterleave]
    Task ObservationChanged(ObservationStatus observation);
}
