using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>A survey's intake: compares the store's observations with what is known of them, and sends on what is new, so many at a time.</summary>
[SuppressMessage("Design", "CA1001", Justification = "no timer and no wait handle in it: there is nothing to free")]
internal sealed partial class IntakeGrain(SurveyCatalog catalog, GrainOptions options, TimeProvider time, ILogger<IntakeGrain> logger)
    : Grain, IIntakeGrain, IRemindable
{
    private const string Reminder = "reconcile";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);
    private readonly ObservationIndex _index = new();
    private readonly IntakeQueue _queue = new(options, time);
    private readonly HashSet<string> _inFlight = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ending = new();
    private Task<SurveySetup>? _opening;
    private Task? _listing;
    private DateTimeOffset? _reconciledAt;
    private DateTimeOffset _listAgainAt;
    private string? _fault;

    public Task Start(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    public async Task<IntakeReport> Reconcile(CancellationToken cancellationToken)
    {
        var setup = await OpenAsync(cancellationToken);
        if (_listing is null || _listing.IsCompleted) _listing = ListAsync(setup);
        await _listing.WaitAsync(cancellationToken);
        return Report();
    }

    public async Task<bool> Notify(string name, CancellationToken cancellationToken)
    {
        var setup = await OpenAsync(cancellationToken);
        var prefix = setup.Survey.Definition.Observations;
        if (prefix.Length > 0 && name.StartsWith(prefix, StringComparison.Ordinal)) name = name[prefix.Length..];
        if (!ObservationStore.IsObservation(name) || BlobName.Fault(name) is not null) return false;
        if (await setup.Observations.FindAsync(name, cancellationToken) is not { } entry) return false;
        See(setup, entry);
        SendOn(setup);
        return true;
    }

    public async Task<IntakeReport> GetReport(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        return Report();
    }

    public async Task<Page<ObservationEntry>> Observations(ObservationState? state, string? after, int limit, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        return _index.PageOf(state, after, limit);
    }

    public async Task ObservationChanged(ObservationStatus observation)
    {
        var setup = await OpenAsync(CancellationToken.None);
        _index.Put(EntryOf(observation));
        if (observation.IsSettled) return;
        _queue.Add(new ObservationRef(observation.Name, observation.SeenETag));
        SendOn(setup);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status) => await OpenAsync(CancellationToken.None);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    private async Task<SurveySetup> OpenAsync(CancellationToken cancellationToken)
    {
        var opening = _opening ??= OpenNowAsync();
        try
        {
            return await opening.WaitAsync(cancellationToken);
        }
        catch when (opening.IsFaulted)
        {
            if (_opening == opening) _opening = null;
            throw;
        }
    }

    private async Task<SurveySetup> OpenNowAsync()
    {
        var setup = await catalog.GetAsync(this.GetPrimaryKeyString(), _ending.Token);
        try
        {
            await foreach (var record in new ObservationRecords(setup.Blobs, setup.Name).ListAsync(_ending.Token)) _index.Put(record.ToEntry());
        }
        catch (StorageException bad)
        {
            throw ServiceFaults.Of(bad);
        }

        // The timer keeps the activation; the reminder brings it back when the silo that had it is gone. The timer last: an opening that fails
        // before it leaves nothing behind.
        await this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod);
        this.RegisterGrainTimer(token => TickAsync(setup), new GrainTimerCreationOptions(TimeSpan.Zero, options.ReconcileEvery) { KeepAlive = true, Interleave = true });
        return setup;
    }

    private async Task TickAsync(SurveySetup setup)
    {
        SendOn(setup);
        if (time.GetUtcNow() >= _listAgainAt) await Reconcile(_ending.Token);
    }

    private async Task ListAsync(SurveySetup setup)
    {
        var began = time.GetTimestamp();
        try
        {
            await foreach (var entry in setup.Observations.ListAsync(_ending.Token)) See(setup, entry);
            (_reconciledAt, _fault) = (time.GetUtcNow(), null);
        }
        catch (StorageException bad)
        {
            _fault = bad.Message;
            LogListing(setup.Name, bad);
        }

        _listAgainAt = time.GetUtcNow() + time.GetElapsedTime(began) * 10;
        SendOn(setup);
    }

    /// <summary>Puts in line what is not known, not finished, or another version than the one known.</summary>
    private void See(SurveySetup setup, BlobEntry blob)
    {
        if (_inFlight.Contains(blob.Name)) return;
        // A survey may take all of the store: its own blobs are no observations.
        if (setup.Survey.Definition.Observations.Length == 0 && blob.Name.StartsWith("surveys/", StringComparison.Ordinal)) return;
        var known = _index.Find(blob.Name);
        if (known?.ETag == blob.ETag && known.State.IsSettled()) return;
        if (new ObservationRecords(setup.Blobs, setup.Name).NameFault(blob.Name) is { } fault)
            _index.Put(new ObservationEntry(blob.Name, blob.ETag, ObservationState.Quarantined, time.GetUtcNow(), 0, $"{blob.Name}: {fault}"));
        else
        {
            if (known is null) _index.Put(new ObservationEntry(blob.Name, blob.ETag, ObservationState.Received, time.GetUtcNow(), 0, null));
            _queue.Add(new ObservationRef(blob.Name, blob.ETag));
        }
    }

    private void SendOn(SurveySetup setup)
    {
        while (_inFlight.Count < options.ObservationsInFlight && !_ending.IsCancellationRequested && _queue.Take() is { } next)
            if (_inFlight.Add(next.Name)) _ = SendAsync(setup, next);
    }

    private async Task SendAsync(SurveySetup setup, ObservationRef observation)
    {
        try
        {
            var status = await GrainFactory.Observation(setup.Name, observation.Name).Arrive(observation, _ending.Token);
            _index.Put(EntryOf(status));
            if (status.IsSettled) _queue.Done(observation.Name);
            else await AgainAsync(setup, observation, status.Reason ?? "unsettled", null);
        }
        catch (Exception bad)
        {
            if (!_ending.IsCancellationRequested) await AgainAsync(setup, observation, bad.Message, bad);
        }
        finally
        {
            _inFlight.Remove(observation.Name);
            SendOn(setup);
        }
    }

    /// <summary>Later again, if it is still there.</summary>
    private async Task AgainAsync(SurveySetup setup, ObservationRef observation, string reason, Exception? bad)
    {
        try
        {
            var now = await setup.Observations.FindAsync(observation.Name, _ending.Token);
            if (now is null && _index.Find(observation.Name)?.State == ObservationState.Received) _index.Remove(observation.Name);
            if (now is null) _queue.Done(observation.Name);
            if (now is null) return;
            observation = observation with { ETag = now.ETag };
        }
        catch (StorageException)
        {
        }

        var delay = _queue.AddAgain(observation);
        if (_index.Find(observation.Name) is { } entry && !entry.State.IsSettled()) _index.Put(entry with { Reason = reason });
        LogAgain(observation.Name, delay, reason, bad);
    }

    private IntakeReport Report() => new(_index.Counts, _queue.Count, _inFlight.Count, _reconciledAt, _fault);

    private static ObservationEntry EntryOf(ObservationStatus status) =>
        new(status.Name, status.SeenETag, status.State, status.ChangedAt, status.Tiles.Length, status.Reason);
}
