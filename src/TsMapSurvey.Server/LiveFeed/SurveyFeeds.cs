using System.Collections.Concurrent;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.LiveFeed;

/// <summary>The feeds of all surveys: each looks for changes only while somebody listens, and a while after.</summary>
internal sealed partial class SurveyFeeds(
    IGrainFactory grains, ServerSettings settings, TimeProvider time, IHostApplicationLifetime host, ILogger<SurveyFeeds> logger)
{
    private static readonly TimeSpan Lingers = TimeSpan.FromSeconds(30);
    // Servers of a cluster may start in the same second, and clients come back to another one.
    private readonly string _life = $"{time.GetUtcNow().ToUnixTimeSeconds():x}{Random.Shared.Next():x8}";
    private readonly ConcurrentDictionary<string, Watched> _watched = new(StringComparer.Ordinal);

    public IAsyncEnumerable<FeedEntry> ListenAsync(KnownSurvey survey, string? lastSeen, CancellationToken cancellationToken)
    {
        var watched = _watched.GetOrAdd(survey.Name, _ => new Watched(new SurveyFeed(_life)));
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
        var heard = time.GetTimestamp();
        try
        {
            while (true)
            {
                await LookAsync(watched, ending);
                await Task.Delay(settings.EventInterval, time, ending);
                if (watched.Feed.HasListeners) heard = time.GetTimestamp();
                lock (watched)
                {
                    if (time.GetElapsedTime(heard) <= Lingers) continue;
                    watched.IsRunning = false;
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
        }
        catch (SurveyServiceException bad) when (bad.Error == ServiceError.UnknownSurvey)
        {
            // It was deleted. Who listens asks again, and is told so.
            _watched.TryRemove(new KeyValuePair<string, Watched>(survey, watched));
            watched.Feed.End();
        }
    }

    private async Task LookAsync(Watched watched, CancellationToken ending)
    {
        try
        {
            await watched.Watch!.LookAsync(ending);
        }
        catch (Exception bad)
            when (bad is SurveyServiceException { Error: not ServiceError.UnknownSurvey } or TimeoutException or OrleansException)
        {
            LogNoLook(bad);
        }
    }

    [LoggerMessage(LogLevel.Warning, "No look at what changed")]
    private partial void LogNoLook(Exception bad);

    private sealed class Watched(SurveyFeed feed)
    {
        public SurveyFeed Feed { get; } = feed;

        public SurveyWatch? Watch { get; set; }

        public bool IsRunning { get; set; }
    }
}
