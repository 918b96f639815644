using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Intake;

/// <summary>
/// A survey's intake: compares the store's observations with what is known of them from time to time, also after a restart.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "no timer and no wait handle in it: there is nothing to free")]
internal sealed class IntakeGrain(SurveyCatalog catalog, GrainOptions options, TimeProvider time, ILogger<IntakeGrain> logger)
    : Grain, IIntakeGrain, IRemindable
{
    private const string Reminder = "reconcile";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);
    private readonly CancellationTokenSource _ending = new();
    private Task<IntakeWork>? _opening;
    private Task? _listing;

    public Task Start(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    public async Task<IntakeReport> Reconcile(CancellationToken cancellationToken)
    {
        var work = await OpenAsync(cancellationToken);
        if (_listing is null || _listing.IsCompleted) _listing = work.ListAsync();
        await _listing.WaitAsync(cancellationToken);
        return work.Report;
    }

    public async Task<bool> Notify(string name, CancellationToken cancellationToken) =>
        await (await OpenAsync(cancellationToken)).NotifyAsync(name, cancellationToken);

    public async Task<IntakeReport> GetReport(CancellationToken cancellationToken) => (await OpenAsync(cancellationToken)).Report;

    public async Task<Page<ObservationEntry>> Observations(
        ObservationState? state, string? after, int limit, CancellationToken cancellationToken) =>
        (await OpenAsync(cancellationToken)).PageOf(state, after, limit);

    public async Task ObservationChanged(ObservationStatus observation) => (await OpenAsync(CancellationToken.None)).Hear(observation);

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        try
        {
            await OpenAsync(CancellationToken.None);
        }
        catch (SurveyServiceException exception) when (exception.Error == ServiceError.UnknownSurvey)
        {
            // It was deleted: there is nothing to wake up for.
            if (await this.GetReminder(reminderName) is { } reminder) await this.UnregisterReminder(reminder);
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        if (_opening is { IsCompletedSuccessfully: true }) (await _opening).PutDown();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    private async Task<IntakeWork> OpenAsync(CancellationToken cancellationToken)
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

    private async Task<IntakeWork> OpenNowAsync()
    {
        var setup = await catalog.GetAsync(this.GetPrimaryKeyString(), _ending.Token);
        var work = new IntakeWork(setup, GrainFactory, options, time, logger, _ending.Token);
        await work.LoadAsync();

        // The timer keeps the activation; the reminder brings it back when the silo that had it is gone. The timer last: an opening that
        // fails before it leaves nothing behind.
        await this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod);
        work.Watch();
        var often = new GrainTimerCreationOptions(TimeSpan.Zero, options.ReconcileEvery) { KeepAlive = true, Interleave = true };
        this.RegisterGrainTimer(token => TickAsync(work), often);
        // Asked for its tiles, a survey looks at them: what keeps observations out of its slices is told at the start.
        if (setup.Survey.LongestSlice > 0) GrainFactory.Survey(setup.Name).Tiles(null, 1, _ending.Token).Ignore();
        return work;
    }

    private async Task TickAsync(IntakeWork work)
    {
        work.SendOn();
        if (work.IsListingDue) await Reconcile(_ending.Token);
        else await work.LookAsync();
    }
}
