using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Intake;

/// <summary>
/// The list of a survey's observations and the queue of those that are new or unfinished. Belongs to a grain: all methods run on that
/// grain's scheduler.
/// </summary>
internal sealed partial class IntakeWork(
    SurveySetup setup, IGrainFactory grains, GrainOptions options, TimeProvider time, ILogger logger, CancellationToken ending)
{
    private const int MaxSkippedReported = 20;
    private readonly ObservationIndex _index = new();
    private IntakeWarnings? _warnings;
    private readonly IntakeQueue _queue = new(options, time);
    private DateTimeOffset? _reconciledAt;
    private readonly IntakePause _listingPause = new(time);
    private readonly IntakePause _listingNewPause = new(time);
    private IntakeHints? _hints;
    private string? _fault;

    public IntakeReport Report => new(
        _index.Counts, _queue.Count, _queue.InFlight, _reconciledAt, _fault, _queue.InLine,
        [.. setup.Observations.Skipped.Take(MaxSkippedReported).Select(skipped => $"{skipped.Name}: {skipped.Reason}")], Warnings.All);

    private IntakeWarnings Warnings => _warnings ??= new IntakeWarnings(_index);

    public bool IsListingDue => _listingPause.IsOver;

    public Page<ObservationEntry> PageOf(ObservationState? state, string? after, int limit) => _index.PageOf(state, after, limit);

    /// <summary>Loads the observations' records, because a listing does not contain observations whose blobs are deleted.</summary>
    public async Task LoadAsync()
    {
        foreach (var record in (await setup.Records.ReadAsync(time.GetUtcNow(), ending)).Records)
        {
            _index.Put(record.ToEntry());
            if (!record.IsSettled) _queue.Add(record.Name);
        }

        LogStarted(setup.Name, _queue.Count);
    }

    /// <summary>Subscribes to the store's change notifications, which only local folders have.</summary>
    public void Watch()
    {
        var hints = new IntakeHints(FollowAsync, time, ending);
        try
        {
            hints.Watch = setup.Observations.Watch(hints.Add);
            _hints = hints;
        }
        catch (StorageException exception)
        {
            LogNotWatched(setup.Name, exception);
        }
    }

    public async Task ListAsync()
    {
        var (began, beganAt, listed) = (time.GetTimestamp(), time.GetUtcNow(), new HashSet<string>(StringComparer.Ordinal));
        await EnqueueChangedAsync(setup.Observations.ListAsync(ending), listed);
        if (_fault is null)
        {
            _reconciledAt = time.GetUtcNow();
            Warnings.MarkMissing(listed, beganAt);
            foreach (var warning in Warnings.TakeNew()) LogObservations(setup.Name, warning);
        }

        _listingPause.Start(time.GetElapsedTime(began), _index.Count);
    }

    /// <summary>
    /// Lists only the names after all known names, between two complete listings. New observations mostly have such names, since they are
    /// named by number or date, and the duration does not depend on the number of known observations.
    /// </summary>
    public async Task ListNewAsync()
    {
        if (!_listingNewPause.IsOver) return;
        var began = time.GetTimestamp();
        await EnqueueChangedAsync(setup.Observations.ListFromAsync(_index.LastName, ending));
        _listingNewPause.Start(time.GetElapsedTime(began), _index.Count);
    }

    /// <returns>Whether the survey has this observation.</returns>
    public async Task<bool> NotifyAsync(string name, CancellationToken cancellationToken)
    {
        var prefix = setup.Survey.Definition.Observations;
        if (name.StartsWith(prefix, StringComparison.Ordinal)) name = name[prefix.Length..];
        if (!ObservationStore.IsObservation(name) || BlobName.Fault(name) is not null) return false;
        if (await setup.Observations.FindAsync(name, cancellationToken) is not { } entry) return false;
        EnqueueIfChanged(entry);
        Dispatch();
        return true;
    }

    /// <summary>Notes an observation's new state, and enqueues the observation if it is unfinished.</summary>
    public void NotifyChanged(ObservationStatus observation)
    {
        Put(observation);
        if (observation.IsSettled) return;
        _queue.Add(observation.Name);
        Dispatch();
    }

    /// <summary>Starts processing queued observations, up to the maximum in flight.</summary>
    public void Dispatch()
    {
        while (!ending.IsCancellationRequested && _queue.Take() is { } next) _ = ProcessAsync(next);
    }

    private async Task EnqueueChangedAsync(IAsyncEnumerable<BlobEntry> entries, HashSet<string>? listed = null)
    {
        try
        {
            await foreach (var entry in entries)
            {
                EnqueueIfChanged(entry);
                listed?.Add(entry.Name);
            }

            _fault = null;
        }
        catch (StorageException exception)
        {
            _fault = exception.Message;
            LogNotListed(setup.Name, exception);
        }

        Dispatch();
    }

    /// <summary>
    /// Handles a change notification of the store. A file written just now may be incomplete and is checked later, unless it is known to be
    /// complete; a blob that cannot be checked is found by the next listing.
    /// </summary>
    /// <returns>False if the call must be repeated after a delay.</returns>
    public async Task<bool> FollowAsync(BlobHint hint)
    {
        try
        {
            if (hint.Name is not { } name) await ListAsync();
            else if (BlobName.Fault(name) is null && await setup.Observations.FindAsync(name, ending) is { } entry)
            {
                var age = time.GetUtcNow() - entry.LastModified;
                if (!hint.IsComplete && age >= TimeSpan.Zero && age < IntakeHints.Delay) return false;
                EnqueueIfChanged(entry);
                Dispatch();
            }
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException)
        {
            if (!ending.IsCancellationRequested) LogNotListed(setup.Name, exception);
        }

        return true;
    }

    /// <summary>Enqueues an observation whose ETag is new.</summary>
    private void EnqueueIfChanged(BlobEntry blob)
    {
        var known = _index.Find(blob.Name);
        if (known?.ETag == blob.ETag) return;
        if (new ObservationRecords(setup.Blobs, setup.Name).NameFault(blob.Name) is { } fault)
        {
            var reason = $"{blob.Name}: {fault}";
            _index.Put(new ObservationEntry(blob.Name, blob.ETag, ObservationState.Quarantined, time.GetUtcNow(), 0, reason));
        }
        else
        {
            if (known is null) _index.Put(new ObservationEntry(blob.Name, blob.ETag, ObservationState.Received, time.GetUtcNow(), 0, null));
            _queue.Add(blob.Name);
        }
    }

    private async Task ProcessAsync(string name)
    {
        try
        {
            var status = await grains.Observation(setup.Name, name).Arrive(new ObservationRef(name, _index.Find(name)?.ETag ?? ""), ending);
            Put(status);
            if (status.IsSettled) _queue.Done(name);
            else await RetryLaterAsync(name, status.Reason ?? "unsettled", null);
        }
        catch (Exception exception)
        {
            if (!ending.IsCancellationRequested) await RetryLaterAsync(name, exception.Message, exception);
        }

        Dispatch();
    }

    /// <summary>Schedules a retry, unless no tile may have the observation yet and its blob was deleted.</summary>
    private async Task RetryLaterAsync(string name, string reason, Exception? exception)
    {
        var isGone = false;
        try
        {
            isGone = _index.Find(name)?.State == ObservationState.Received && await setup.Observations.FindAsync(name, ending) is null;
        }
        catch (Exception)
        {
            // The next attempt checks it again.
        }

        if (isGone)
        {
            _index.Remove(name);
            _queue.Done(name);
            return;
        }

        var delay = _queue.Retry(name);
        if (_index.Find(name) is { } entry && !entry.State.IsSettled()) _index.Put(entry with { Reason = reason });
        LogRetry(name, delay, reason, exception);
    }

    /// <summary>Answers and notifications may arrive out of order: a status older than the known one is ignored.</summary>
    private void Put(ObservationStatus status)
    {
        var known = _index.Find(status.Name);
        if (known is not null && known.ChangedAt > status.ChangedAt && known.State != ObservationState.Received) return;
        _index.Put(new ObservationEntry(
            status.Name, status.SeenETag, status.State, status.ChangedAt, status.Tiles.Length, status.Reason, status.Identity,
            known?.IsMissing ?? false));
    }

    /// <summary>Called when the activation ends; another one continues from the records.</summary>
    public void Close()
    {
        _hints?.Dispose();
        LogStopped(setup.Name);
    }

    [LoggerMessage(LogLevel.Information, "Survey {Survey}: intake started, {Unsettled} observations unfinished")]
    private partial void LogStarted(string survey, int unsettled);

    [LoggerMessage(LogLevel.Warning, "Survey {Survey}: {Warning}")]
    private partial void LogObservations(string survey, string warning);

    [LoggerMessage(LogLevel.Information, "Survey {Survey}: intake stopped")]
    private partial void LogStopped(string survey);

    [LoggerMessage(LogLevel.Warning, "Survey {Survey}: listing the observations failed; it is retried")]
    private partial void LogNotListed(string survey, Exception exception);

    [LoggerMessage(LogLevel.Warning,
        "Survey {Survey}: the store's folder cannot be watched; new observations are found by periodic listings")]
    private partial void LogNotWatched(string survey, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Observation {Name}: retried in {Delay}: {Reason}")]
    private partial void LogRetry(string name, TimeSpan delay, string reason, Exception? exception);
}
