namespace TsMapSurvey.Server.Cluster.Clocks;

/// <summary>
/// Asks for the cluster's time again and again, since clocks of two machines run apart; tells when this machine's is wrong.
/// </summary>
internal sealed partial class ClusterClockKeeper(ClusterClock clock, TimeProvider time, ILogger<ClusterClockKeeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>More than clocks that are kept by the network differ, and than a slow answer hides.</summary>
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(10);

    private bool _isWrong;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (clock.OwnAhead.Duration() > Noticeable != _isWrong)
            {
                _isWrong = !_isWrong;
                if (_isWrong) LogWrong(clock.OwnAhead.TotalSeconds);
                else LogRight();
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await clock.AskAsync(stoppingToken);
            }
            catch (Exception bad) when (ClusterLink.IsTrouble(bad))
            {
                LogNoAnswer(bad);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "This machine's clock is {AheadS:0} s ahead of the cluster's: the cluster goes by its own, but times in this log, and of what "
        + "arrives here, are wrong by that")]
    private partial void LogWrong(double aheadS);

    [LoggerMessage(LogLevel.Information, "This machine's clock is right again")]
    private partial void LogRight();

    [LoggerMessage(LogLevel.Debug, "No answer to what the cluster's time is")]
    private partial void LogNoAnswer(Exception bad);
}
