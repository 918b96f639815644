using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Intake;

/// <summary>
/// A survey's intake: periodically lists the observations in the store and processes new ones. A reminder starts it after a restart.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "holds no timer and no wait handle, so there is nothing to dispose")]
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

    public async Task ObservationChanged(ObservationStatus observation) =>
        (await OpenAsync(CancellationToken.None)).NotifyChanged(observation);

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        try
        {
            await OpenAsync(CancellationToken.None);
        }
        catch (SurveyServiceException exception) when (exception.Error == ServiceError.UnknownSurvey)
        {
            // The survey was deleted.
            if (await this.GetReminder(reminderName) is { } reminder) await this.UnregisterReminder(reminder);
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        if (_opening is { IsCompletedSuccessfully: true }) (await _opening).Close();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    private async Task<IntakeWork> OpenAsync(CancellationToken cancellationToken)
    {
        var opening = _opening ??= CreateAsync();
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

    private async Task<IntakeWork> CreateAsync()
    {
        var setup = await catalog.GetAsync(this.GetPrimaryKeyString(), _ending.Token);
        var work = new IntakeWork(setup, GrainFactory, options, time, logger, _ending.Token);
        await work.LoadAsync();

        // The timer keeps the activation alive; the reminder activates the grain again after its silo died. The timer is registered last:
        // a failure before it leaves no timer behind.
        await this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod);
        work.Watch();
        var timer = new GrainTimerCreationOptions(TimeSpan.Zero, options.ReconcileEvery) { KeepAlive = true, Interleave = true };
        this.RegisterGrainTimer(token => TickAsync(work), timer);
        // The survey grain polls its tiles when asked for them, and then logs warnings about its slices.
        if (setup.Survey.LongestSliceNights > 0) GrainFactory.Survey(setup.Name).Tiles(null, 1, _ending.Token).Ignore();
        return work;
    }

    private async Task TickAsync(IntakeWork work)
    {
        work.Dispatch();
        if (work.IsListingDue) await Reconcile(_ending.Token);
        else await work.ListNewAsync();
    }
}
