using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Intake;

/// <summary>
/// Has the intake of every survey look, wherever it is: when this silo starts, and when another one is gone, whose intakes nobody may ask
/// for. Reminders do the same within a minute or two, also where this fails.
/// </summary>
internal sealed partial class IntakeWatch(
    IGrainFactory grains, SurveyCatalog catalog, ISiloStatusOracle silos, IHostApplicationLifetime host, TimeProvider time,
    ILogger<IntakeWatch> logger) : ISiloStatusListener
{
    private const int Tries = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        silos.SubscribeToSiloStatusEvents(this);
        await TakeUpAsync(1, cancellationToken);
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status == SiloStatus.Dead && !updatedSilo.Equals(silos.SiloAddress))
            _ = Task.Run(() => TakeUpAgainAsync(host.ApplicationStopping));
    }

    private async Task TakeUpAgainAsync(CancellationToken ending)
    {
        try
        {
            await TakeUpAsync(Tries, ending);
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException)
        {
            if (!ending.IsCancellationRequested) LogNotTakenUp(exception);
        }
    }

    private async Task TakeUpAsync(int tries, CancellationToken cancellationToken)
    {
        foreach (var survey in await catalog.ListAsync(cancellationToken))
        {
            for (var left = tries; left > 0 && !await TryStartAsync(survey, isLast: left == 1, cancellationToken); left--)
                if (left > 1) await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>One survey that cannot be taken up does not keep the others, or the silo, from working.</summary>
    private async Task<bool> TryStartAsync(string survey, bool isLast, CancellationToken cancellationToken)
    {
        try
        {
            await grains.Intake(survey).Start(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is SurveyServiceException or TimeoutException or OrleansException)
        {
            if (isLast) LogNotStarted(survey, exception);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "Survey {Survey}: its intake did not start")]
    private partial void LogNotStarted(string survey, Exception exception);

    [LoggerMessage(LogLevel.Error, "The intakes of a silo that is gone were not taken up")]
    private partial void LogNotTakenUp(Exception exception);
}
