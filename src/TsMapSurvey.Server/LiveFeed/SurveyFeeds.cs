using System.Collections.Concurrent;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.LiveFeed;

/// <summary>The feeds of all surveys. A survey is checked for changes only while it has listeners, and for 30 s after that.</summary>
internal sealed partial class SurveyFeeds(
    IGrainFactory grains, ServerSettings settings, TimeProvider time, IHostApplicationLifetime host, ILogger<SurveyFeeds> logger)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);
    // Random, since servers of a cluster may start in the same second, and clients may reconnect to another server.
    private readonly string _runId = $"{time.GetUtcNow().ToUnixTimeSeconds():x}{Random.Shared.Next():x8}";
    private readonly ConcurrentDictionary<string, Watched> _watched = new(StringComparer.Ordinal);

    public IAsyncEnumerable<FeedEntry> ListenAsync(KnownSurvey survey, string? lastSeen, CancellationToken cancellationToken)
    {
        var watched = _watched.GetOrAdd(survey.Name, _ => new Watched(new SurveyFeed(_runId)));
        var events = watched.Feed.ListenAsync(lastSeen, cancellationToken);
        lock (watched)
        {
            if (!watched.IsRunning)
            {
                watched.IsRunning = true;
                watched.Watch ??= new SurveyWatch(grains, survey, watched.Feed);
                _ = Task.Run(() => RunAsync(survey.Name, watched), CancellationToken.None);
            }
        }

        return events;
    }

    private async Task RunAsync(string survey, Watched watched)
    {
        var ending = host.ApplicationStopping;
        var lastListenedAt = time.GetTimestamp();
        try
        {
            while (true)
            {
                await CheckAsync(watched, ending);
                await Task.Delay(settings.EventInterval, time, ending);
                if (watched.Feed.HasListeners) lastListenedAt = time.GetTimestamp();
                lock (watched)
                {
                    if (time.GetElapsedTime(lastListenedAt) <= KeepAlive) continue;
                    watched.IsRunning = false;
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
        }
        catch (SurveyServiceException exception) when (exception.Error == ServiceError.UnknownSurvey)
        {
            // The survey was deleted. Listeners reconnect and get 404.
            _watched.TryRemove(new KeyValuePair<string, Watched>(survey, watched));
            watched.Feed.End();
        }
    }

    private async Task CheckAsync(Watched watched, CancellationToken ending)
    {
        try
        {
            await watched.Watch!.CheckAsync(ending);
        }
        catch (Exception exception)
            when (exception is SurveyServiceException { Error: not ServiceError.UnknownSurvey } or TimeoutException or OrleansException)
        {
            LogCheckFailed(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not check a survey for changes")]
    private partial void LogCheckFailed(Exception exception);

    private sealed class Watched(SurveyFeed feed)
    {
        public SurveyFeed Feed { get; } = feed;

        public SurveyWatch? Watch { get; set; }

        public bool IsRunning { get; set; }
    }
}
