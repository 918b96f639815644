using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Notices;

namespace TsMapSurvey.Grains.Intake;

/// <summary>
/// Reads blob-created events from a queue and notifies the intakes of the surveys. Every silo runs one; any of them may handle a message,
/// since an event is only a hint to look at a blob. A message is deleted once the intakes have answered: if the silo dies before, the
/// message becomes visible again.
/// </summary>
internal sealed partial class NoticeIntake(
    NoticeQueue queue, NoticedSurveys surveys, IBlobStore store, GrainOptions options, TimeProvider time, ILogger<NoticeIntake> logger)
    : BackgroundService
{
    /// <summary>
    /// Receives and handles as many messages as the intakes have room for, at most <see cref="NoticeQueue.MaxMessagesPerReceive"/>.
    /// </summary>
    /// <returns>The number of messages.</returns>
    /// <exception cref="StorageException">The queue or the store cannot be reached.</exception>
    public async Task<int> PollAsync(CancellationToken cancellationToken)
    {
        var room = await surveys.GetRoomAsync(cancellationToken);
        if (room <= 0) return 0;
        var messages = await queue.TakeAsync(int.Min(room, NoticeQueue.MaxMessagesPerReceive), options.MessageHold, cancellationToken);
        if (messages.Count == 0) return 0;
        // After the messages are received: an observation of a survey defined just before is then notified too.
        await surveys.RefreshAsync(cancellationToken);
        await Task.WhenAll(messages.Select(message => HandleAsync(message, cancellationToken)));
        return messages.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (failures, polls) = (0, new QueuePause(options.QueuePause));
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                pause = polls.After(await PollAsync(stoppingToken));
                failures = 0;
            }
            catch (Exception exception)
            {
                if (stoppingToken.IsCancellationRequested) return;
                pause = options.DelayAfter(++failures);
                LogPollFailed(queue.Description, pause, exception);
            }

            if (pause > TimeSpan.Zero) await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task HandleAsync(QueuedNotices message, CancellationToken cancellationToken)
    {
        try
        {
            if (message.Takes > options.MessageTakes)
                await MoveToPoisonQueueAsync(message, $"received {message.Takes - 1} times and never completed", cancellationToken);
            else await NotifyAsync(message, cancellationToken);
        }
        catch (StorageException exception)
        {
            LogNotReleased(message.Id, exception);
        }
    }

    private async Task NotifyAsync(QueuedNotices message, CancellationToken cancellationToken)
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
                await MoveToPoisonQueueAsync(
                    message, $"received {message.Takes} times and always failed: {exception.Message}", cancellationToken);
            else await RetryLaterAsync(message, exception, cancellationToken);
            return;
        }

        var faults = events.Where(one => one.Kind == BlobNoticeKind.Unreadable)
            .Select(one => one.Id is { } id ? $"event {id}: {one.Fault}" : one.Fault).ToArray();
        if (faults.Length > 0)
        {
            await MoveToPoisonQueueAsync(message, string.Join("; ", faults), cancellationToken);
            return;
        }

        await queue.CompleteAsync(message, cancellationToken);
        IntakeMeter.Count(isOurs ? "taken" : "ignored");
    }

    private async Task RetryLaterAsync(QueuedNotices message, Exception exception, CancellationToken cancellationToken)
    {
        var delay = options.DelayAfter(message.Takes);
        LogRetry(message.Id, delay, exception);
        await queue.LaterAsync(message, delay, cancellationToken);
        IntakeMeter.Count("later");
    }

    private async Task MoveToPoisonQueueAsync(QueuedNotices message, string reason, CancellationToken cancellationToken)
    {
        await queue.MoveToPoisonQueueAsync(message, reason, time.GetUtcNow(), cancellationToken);
        LogSetAside(message.Id, reason);
        IntakeMeter.Count("aside");
    }

    [LoggerMessage(LogLevel.Warning, "Reading events from {Queue} failed; retried in {Delay}")]
    private partial void LogPollFailed(string queue, TimeSpan delay, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Message {Id}: could be neither deleted nor released; it becomes visible again by itself")]
    private partial void LogNotReleased(string id, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Message {Id}: failed; retried in {Delay}")]
    private partial void LogRetry(string id, TimeSpan delay, Exception exception);

    [LoggerMessage(LogLevel.Error, "Message {Id}: moved to the poison queue: {Reason}")]
    private partial void LogSetAside(string id, string reason);
}
