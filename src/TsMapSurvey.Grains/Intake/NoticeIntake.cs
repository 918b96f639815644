using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Notices;

namespace TsMapSurvey.Grains.Intake;

/// <summary>
/// Takes events from a queue and tells the intakes of their observations. One in each silo: which of them has a message does not matter,
/// since an event is only a hint to look at a blob. A message is deleted when the intakes have answered; until then it comes back, whoever
/// was killed with it.
/// </summary>
internal sealed partial class NoticeIntake(
    NoticeQueue queue, NoticedSurveys surveys, IBlobStore store, GrainOptions options, TimeProvider time, ILogger<NoticeIntake> logger)
    : BackgroundService
{
    /// <summary>
    /// Takes as many messages as there is room for, at most <see cref="NoticeQueue.MostAtOnce"/>, and does with them what there is to do.
    /// </summary>
    /// <returns>How many.</returns>
    /// <exception cref="StorageException">The queue or the store cannot be reached.</exception>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        var room = await surveys.RoomAsync(cancellationToken);
        if (room <= 0) return 0;
        var messages = await queue.TakeAsync(int.Min(room, NoticeQueue.MostAtOnce), options.MessageHold, cancellationToken);
        if (messages.Count == 0) return 0;
        // Whoever defines a survey and then puts an observation is not ahead of this look.
        await surveys.LookAsync(cancellationToken);
        await Task.WhenAll(messages.Select(message => HandleAsync(message, cancellationToken)));
        return messages.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = options.QueuePause;
            try
            {
                if (await LookAsync(stoppingToken) > 0) pause = TimeSpan.Zero;
                failures = 0;
            }
            catch (Exception exception)
            {
                if (stoppingToken.IsCancellationRequested) return;
                pause = options.DelayAfter(++failures);
                LogNoLook(queue.Description, pause, exception);
            }

            if (pause > TimeSpan.Zero) await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task HandleAsync(QueuedNotices message, CancellationToken cancellationToken)
    {
        try
        {
            if (message.Takes > options.MessageTakes)
                await SetAsideAsync(message, $"taken {message.Takes - 1} times and never done with, nor given back", cancellationToken);
            else await FollowAsync(message, cancellationToken);
        }
        catch (StorageException exception)
        {
            LogComesBack(message.Id, exception);
        }
    }

    private async Task FollowAsync(QueuedNotices message, CancellationToken cancellationToken)
    {
        var events = BlobNoticeReader.ReadMessage(message.Text);
        var isOurs = false;
        try
        {
            foreach (var created in events.Where(one => one.Kind == BlobNoticeKind.Created && one.IsIn(store)))
                isOurs |= await surveys.NotifyAsync(created.Blob, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (message.Takes >= options.MessageTakes)
                await SetAsideAsync(message, $"taken {message.Takes} times, and could not be done with: {exception.Message}", cancellationToken);
            else await LaterAsync(message, exception, cancellationToken);
            return;
        }

        var faults = events.Where(one => one.Kind == BlobNoticeKind.Unreadable)
            .Select(one => one.Id is { } id ? $"event {id}: {one.Fault}" : one.Fault).ToArray();
        if (faults.Length > 0)
        {
            await SetAsideAsync(message, string.Join("; ", faults), cancellationToken);
            return;
        }

        await queue.DoneAsync(message, cancellationToken);
        IntakeMeter.Count(isOurs ? "taken" : "ignored");
    }

    private async Task LaterAsync(QueuedNotices message, Exception exception, CancellationToken cancellationToken)
    {
        var delay = options.DelayAfter(message.Takes);
        LogLater(message.Id, delay, exception);
        await queue.LaterAsync(message, delay, cancellationToken);
        IntakeMeter.Count("later");
    }

    private async Task SetAsideAsync(QueuedNotices message, string reason, CancellationToken cancellationToken)
    {
        await queue.SetAsideAsync(message, reason, time.GetUtcNow(), cancellationToken);
        LogAside(message.Id, reason);
        IntakeMeter.Count("aside");
    }

    [LoggerMessage(LogLevel.Warning, "No events from {Queue}; again in {Delay}")]
    private partial void LogNoLook(string queue, TimeSpan delay, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Message {Id}: neither deleted nor given back, it comes back by itself")]
    private partial void LogComesBack(string id, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Message {Id}: again in {Delay}")]
    private partial void LogLater(string id, TimeSpan delay, Exception exception);

    [LoggerMessage(LogLevel.Error, "Message {Id} is set aside in the poison queue: {Reason}")]
    private partial void LogAside(string id, string reason);
}
