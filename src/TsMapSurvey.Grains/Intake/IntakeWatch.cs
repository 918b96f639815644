using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Intake;

/// <summary>
/// Starts the intakes of all surveys when this silo starts and when another silo dies, since otherwise nothing activates the dead silo's
/// intakes soon. If this fails, reminders do the same within a minute or two.
/// </summary>
internal sealed partial class IntakeWatch(
    IGrainFactory grains, SurveyCatalog catalog, ISiloStatusOracle silos, IHostApplicationLifetime host, TimeProvider time,
    ILogger<IntakeWatch> logger) : ISiloStatusListener
{
    private const int Attempts = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        silos.SubscribeToSiloStatusEvents(this);
        await StartIntakesAsync(1, cancellationToken);
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status == SiloStatus.Dead && !updatedSilo.Equals(silos.SiloAddress))
            _ = Task.Run(() => RestartIntakesAsync(host.ApplicationStopping));
    }

    private async Task RestartIntakesAsync(CancellationToken ending)
    {
        try
        {
            await StartIntakesAsync(Attempts, ending);
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException)
        {
            if (!ending.IsCancellationRequested) LogNotRestarted(exception);
        }
    }

    private async Task StartIntakesAsync(int attempts, CancellationToken cancellationToken)
    {
        foreach (var survey in await catalog.ListAsync(cancellationToken))
        {
            for (var left = attempts; left > 0 && !await TryStartAsync(survey, isLast: left == 1, cancellationToken); left--)
                if (left > 1) await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>A failure is logged only: one survey must not stop the others or the silo.</summary>
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

    [LoggerMessage(LogLevel.Error, "Survey {Survey}: the intake could not be started; a reminder retries it")]
    private partial void LogNotStarted(string survey, Exception exception);

    [LoggerMessage(LogLevel.Error, "The intakes of a dead silo could not be restarted; reminders retry it")]
    private partial void LogNotRestarted(Exception exception);
}
