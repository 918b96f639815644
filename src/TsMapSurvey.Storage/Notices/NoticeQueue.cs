using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace TsMapSurvey.Storage.Notices;

/// <summary>
/// An Azure Storage queue of events. A received message becomes visible again unless it is deleted in time, so a crash loses nothing;
/// messages may arrive twice and in any order. The queue and its poison queue are created when missing. The Azure SDK retries calls;
/// failures are <see cref="StorageException"/>.
/// </summary>
public sealed class NoticeQueue
{
    /// <summary>The service's limit per call. https://learn.microsoft.com/rest/api/storageservices/get-messages</summary>
    public const int MaxMessagesPerReceive = 32;

    // https://learn.microsoft.com/rest/api/storageservices/put-message: up to 64 KiB
    private const int MaxMessageBytes = 64 << 10;

    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);
    private readonly QueueClient _queue;
    private readonly QueueClient _poisonQueue;

    internal NoticeQueue(QueueClient queue, QueueClient poisonQueue)
    {
        (_queue, _poisonQueue) = (queue, poisonQueue);
        Description = queue.Uri.GetLeftPart(UriPartial.Path);
    }

    /// <summary>The queue's address for messages, without secrets.</summary>
    public string Description { get; }

    /// <summary>Receives up to <paramref name="most"/> messages, 1 to <see cref="MaxMessagesPerReceive"/>.</summary>
    /// <param name="hold">How long the messages stay invisible to other readers; at least 1 s.</param>
    public Task<IReadOnlyList<QueuedNotices>> TakeAsync(int most, TimeSpan hold, CancellationToken cancellationToken) =>
        GuardAsync<IReadOnlyList<QueuedNotices>>(async () =>
    {
        try
        {
            var messages = (await _queue.ReceiveMessagesAsync(most, hold, cancellationToken).ConfigureAwait(false)).Value;
            return [.. messages.Select(message =>
                new QueuedNotices(message.MessageId, message.PopReceipt, message.DequeueCount, message.Body?.ToString() ?? ""))];
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await _queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return [];
        }
    }, cancellationToken);

    /// <summary>Deletes a message, unless another reader has received it in the meantime.</summary>
    public Task CompleteAsync(QueuedNotices message, CancellationToken cancellationToken) => UnlessTakenOverAsync(
        () => _queue.DeleteMessageAsync(message.Id, message.Receipt, cancellationToken), cancellationToken);

    /// <summary>Returns a message to the queue, visible after a delay, unless another reader has received it in the meantime.</summary>
    public Task LaterAsync(QueuedNotices message, TimeSpan delay, CancellationToken cancellationToken) => UnlessTakenOverAsync(
        () => _queue.UpdateMessageAsync(message.Id, message.Receipt, visibilityTimeout: delay, cancellationToken: cancellationToken),
            cancellationToken);

    /// <summary>
    /// Moves a message to the poison queue, which has the same name plus "-poison", as <c>{reason, at, id, takes, text}</c>; it stays
    /// there. The message is sent before it is deleted here, so a crash in between leaves it in both queues. A text that is too long is
    /// cut.
    /// </summary>
    public Task MoveToPoisonQueueAsync(QueuedNotices message, string reason, DateTimeOffset at, CancellationToken cancellationToken) =>
        GuardAsync(async () =>
    {
        var text = FormatPoison(message, reason, at);
        try
        {
            await _poisonQueue.SendMessageAsync(text, timeToLive: Forever, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await _poisonQueue.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            await _poisonQueue.SendMessageAsync(text, timeToLive: Forever, cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        await CompleteAsync(message, cancellationToken).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    private static string FormatPoison(QueuedNotices message, string reason, DateTimeOffset at)
    {
        for (var length = message.Text.Length; ; length /= 2)
        {
            // This serializer also escapes characters that JSON permits; the service requires text that is valid in XML.
            var text = JsonSerializer.Serialize(
                new { reason, at, message.Id, message.Takes, text = message.Text[..length] }, JsonSerializerOptions.Web);
            if (text.Length <= MaxMessageBytes || length == 0) return text;
        }
    }

    private Task<bool> UnlessTakenOverAsync(Func<Task> call, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        try
        {
            await call().ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException e)
            when (e.ErrorCode == QueueErrorCode.MessageNotFound || e.ErrorCode == QueueErrorCode.PopReceiptMismatch)
        {
            return false;
        }
    }, cancellationToken);

    private async Task<T> GuardAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception e) when (StorageErrors.From(e, Description, null, cancellationToken) is { } fault && fault != e)
        {
            throw fault;
        }
    }
}
