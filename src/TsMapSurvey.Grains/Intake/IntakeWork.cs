using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Intake;

/// <summary>
/// What an intake does with what it sees: keeps the list of observations, and sends on those that are new or not at their end. Belongs to
/// a grain: every method is called, and goes on, on that grain's scheduler.
/// </summary>
internal sealed partial class IntakeWork(
    SurveySetup setup, IGrainFactory grains, GrainOptions options, TimeProvider time, ILogger logger, CancellationToken ending)
{
    private const int MostSkippedTold = 20;
    private readonly ObservationIndex _index = new();
    private IntakeWarnings? _warnings;
    private readonly IntakeQueue _queue = new(options, time);
    private DateTimeOffset? _reconciledAt;
    private readonly IntakePause _listing = new(time);
    private readonly IntakePause _looking = new(time);
    private IntakeHints? _hints;
    private string? _fault;

    public IntakeReport Report => new(
        _index.Counts, _queue.Count, _queue.InFlight, _reconciledAt, _fault, _queue.InLine,
        [.. setup.Observations.Skipped.Take(MostSkippedTold).Select(skipped => $"{skipped.Name}: {skipped.Reason}")], Warnings.All);

    private IntakeWarnings Warnings => _warnings ??= new IntakeWarnings(_index);

    public bool IsListingDue => _listing.IsOver;

    public Page<ObservationEntry> PageOf(ObservationState? state, string? after, int limit) => _index.PageOf(state, after, limit);

    /// <summary>Takes up what the records say: also those whose blobs are gone, which no listing shows.</summary>
    public async Task LoadAsync()
    {
        foreach (var record in (await setup.Records.ReadAsync(time.GetUtcNow(), ending)).Records)
        {
            _index.Put(record.ToEntry());
            if (!record.IsSettled) _queue.Add(record.Name);
        }

        LogTakenUp(setup.Name, _queue.Count);
    }

    /// <summary>Has the store tell of what is written, where it does: on folders of this machine.</summary>
    public void Watch()
    {
        var hints = new IntakeHints(FollowAsync, time, ending);
        try
        {
            hints.Watch = setup.Observations.Watch(hints.Hear);
            _hints = hints;
        }
        catch (StorageException exception)
        {
            LogNotTold(setup.Name, exception);
        }
    }

    public async Task ListAsync()
    {
        var (began, beganAt, listed) = (time.GetTimestamp(), time.GetUtcNow(), new HashSet<string>(StringComparer.Ordinal));
        await SeeAllAsync(setup.Observations.ListAsync(ending), listed);
        if (_fault is null)
        {
            _reconciledAt = time.GetUtcNow();
            Warnings.Note(listed, beganAt);
            foreach (var warning in Warnings.New()) LogObservations(setup.Name, warning);
        }

        _listing.After(time.GetElapsedTime(began), _index.Count);
    }

    /// <summary>
    /// Between two listings: at what comes after all names that are known. New ones mostly do, named by number or date as they are, and it
    /// takes no longer however many there are before them.
    /// </summary>
    public async Task LookAsync()
    {
        if (!_looking.IsOver) return;
        var began = time.GetTimestamp();
        await SeeAllAsync(setup.Observations.ListFromAsync(_index.LastName, ending));
        _looking.After(time.GetElapsedTime(began), _index.Count);
    }

    /// <returns>Whether there is such an observation.</returns>
    public async Task<bool> NotifyAsync(string name, CancellationToken cancellationToken)
    {
        var prefix = setup.Survey.Definition.Observations;
        if (name.StartsWith(prefix, StringComparison.Ordinal)) name = name[prefix.Length..];
        if (!ObservationStore.IsObservation(name) || BlobName.Fault(name) is not null) return false;
        if (await setup.Observations.FindAsync(name, cancellationToken) is not { } entry) return false;
        See(entry);
        SendOn();
        return true;
    }

    /// <summary>An observation has come into another state by itself.</summary>
    public void Hear(ObservationStatus observation)
    {
        Put(observation);
        if (observation.IsSettled) return;
        _queue.Add(observation.Name);
        SendOn();
    }

    /// <summary>Sends on what is in line, as far as there is room.</summary>
    public void SendOn()
    {
        while (!ending.IsCancellationRequested && _queue.Take() is { } next) _ = SendAsync(next);
    }

    private async Task SeeAllAsync(IAsyncEnumerable<BlobEntry> entries, HashSet<string>? listed = null)
    {
        try
        {
            await foreach (var entry in entries)
            {
                See(entry);
                listed?.Add(entry.Name);
            }

            _fault = null;
        }
        catch (StorageException exception)
        {
            _fault = exception.Message;
            LogListing(setup.Name, exception);
        }

        SendOn();
    }

    /// <summary>
    /// A hint of the store's. What was written just now may be in the making; what cannot be looked at is found by a listing.
    /// </summary>
    /// <param name="name">Null: look at all.</param>
    /// <returns>False where it is to be told again a moment later.</returns>
    public async Task<bool> FollowAsync(string? name)
    {
        try
        {
            if (name is null) await ListAsync();
            else if (BlobName.Fault(name) is null && await setup.Observations.FindAsync(name, ending) is { } entry)
            {
                var age = time.GetUtcNow() - entry.LastModified;
                if (age >= TimeSpan.Zero && age < IntakeHints.Moment) return false;
                See(entry);
                SendOn();
            }
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException)
        {
            if (!ending.IsCancellationRequested) LogListing(setup.Name, exception);
        }

        return true;
    }

    /// <summary>Puts in line what is not known, not finished, or written anew.</summary>
    private void See(BlobEntry blob)
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

    private async Task SendAsync(string name)
    {
        try
        {
            var status = await grains.Observation(setup.Name, name).Arrive(new ObservationRef(name, _index.Find(name)?.ETag ?? ""), ending);
            Put(status);
            if (status.IsSettled) _queue.Done(name);
            else await AgainAsync(name, status.Reason ?? "unsettled", null);
        }
        catch (Exception exception)
        {
            if (!ending.IsCancellationRequested) await AgainAsync(name, exception.Message, exception);
        }

        SendOn();
    }

    /// <summary>Later again, unless nothing was begun with it and it is not there any more.</summary>
    private async Task AgainAsync(string name, string reason, Exception? exception)
    {
        var isGone = false;
        try
        {
            isGone = _index.Find(name)?.State == ObservationState.Received && await setup.Observations.FindAsync(name, ending) is null;
        }
        catch (Exception)
        {
            // Then it is looked at later.
        }

        if (isGone)
        {
            _index.Remove(name);
            _queue.Done(name);
            return;
        }

        var delay = _queue.Again(name);
        if (_index.Find(name) is { } entry && !entry.State.IsSettled()) _index.Put(entry with { Reason = reason });
        LogAgain(name, delay, reason, exception);
    }

    /// <summary>Answers and hints may overtake each other: what is older than what is known says nothing.</summary>
    private void Put(ObservationStatus status)
    {
        var known = _index.Find(status.Name);
        if (known is not null && known.ChangedAt > status.ChangedAt && known.State != ObservationState.Received) return;
        _index.Put(new ObservationEntry(
            status.Name, status.SeenETag, status.State, status.ChangedAt, status.Tiles.Length, status.Reason, status.Identity,
            known?.IsMissing ?? false));
    }

    /// <summary>The activation ends; another one, here or on another silo, will take up the same.</summary>
    public void PutDown()
    {
        _hints?.Dispose();
        LogPutDown(setup.Name);
    }

    [LoggerMessage(LogLevel.Information, "Survey {Survey}: intake taken up, {Unsettled} observations on their way")]
    private partial void LogTakenUp(string survey, int unsettled);

    [LoggerMessage(LogLevel.Warning, "Survey {Survey}: {Warning}")]
    private partial void LogObservations(string survey, string warning);

    [LoggerMessage(LogLevel.Information, "Survey {Survey}: intake put down")]
    private partial void LogPutDown(string survey);

    [LoggerMessage(LogLevel.Warning, "Survey {Survey}: its observations could not be listed; tried again")]
    private partial void LogListing(string survey, Exception exception);

    [LoggerMessage(LogLevel.Warning,
        "Survey {Survey}: the store's folder cannot be watched; its observations are found by looking from time to time")]
    private partial void LogNotTold(string survey, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Observation {Name}: again in {Delay}: {Reason}")]
    private partial void LogAgain(string name, TimeSpan delay, string reason, Exception? exception);
}
