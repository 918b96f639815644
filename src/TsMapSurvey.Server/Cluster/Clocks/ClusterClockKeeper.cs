namespace TsMapSurvey.Server.Cluster.Clocks;

/// <summary>Synchronizes the cluster's clock regularly, since clocks drift, and warns if this machine's clock is wrong.</summary>
internal sealed partial class ClusterClockKeeper(ClusterClock clock, TimeProvider time, ILogger<ClusterClockKeeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>More than the differences of NTP-synchronized clocks and the uncertainty of a slow answer.</summary>
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

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await clock.SynchronizeAsync(stoppingToken);
            }
            catch (Exception exception) when (ClusterLink.IsUnavailable(exception))
            {
                LogNoAnswer(exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "This machine's clock is {AheadS:0} s ahead of the cluster's. The cluster is not affected, but times in this log, and times of "
        + "arrival recorded by this server, are wrong by this amount")]
    private partial void LogWrong(double aheadS);

    [LoggerMessage(LogLevel.Information, "This machine's clock is correct again")]
    private partial void LogRight();

    [LoggerMessage(LogLevel.Debug, "The cluster's time could not be read")]
    private partial void LogNoAnswer(Exception exception);
}
