using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace TsMapSurvey.Storage.Notices;

/// <summary>
/// An Azure Storage queue of events. A message that is taken comes back by itself when it is not done with in time, so nothing is lost
/// with whoever took it; it may come twice, and in any order. Both queues are made when they are missing. The Azure SDK repeats calls;
/// failures are <see cref="StorageException"/>.
/// </summary>
public sealed class NoticeQueue
{
    /// <summary>What the service gives at a time. https://learn.microsoft.com/rest/api/storageservices/get-messages</summary>
    public const int MostAtOnce = 32;

    // https://learn.microsoft.com/rest/api/storageservices/put-message: up to 64 KiB
    private const int MaxMessageBytes = 64 << 10;

    private static readonly TimeSpan ForEver = TimeSpan.FromSeconds(-1);
    private readonly QueueClient _queue;
    private readonly QueueClient _aside;

    internal NoticeQueue(QueueClient queue, QueueClient aside)
    {
        (_queue, _aside) = (queue, aside);
        Description = queue.Uri.GetLeftPart(UriPartial.Path);
    }

    /// <summary>Where it is, for messages; holds no secrets.</summary>
    public string Description { get; }

    /// <summary>Takes up to so many messages, 1 to <see cref="MostAtOnce"/>.</summary>
    /// <param name="hold">How long no other reader sees them; 1 s at least.</param>
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

    /// <summary>Deletes a message, unless another reader has it by now.</summary>
    public Task DoneAsync(QueuedNotices message, CancellationToken cancellationToken) => WhileOursAsync(
        () => _queue.DeleteMessageAsync(message.Id, message.Receipt, cancellationToken), cancellationToken);

    /// <summary>Gives a message back, to be seen after a while, unless another reader has it by now.</summary>
    public Task LaterAsync(QueuedNotices message, TimeSpan delay, CancellationToken cancellationToken) => WhileOursAsync(
        () => _queue.UpdateMessageAsync(message.Id, message.Receipt, visibilityTimeout: delay, cancellationToken: cancellationToken),
            cancellationToken);

    /// <summary>
    /// Puts a message into the queue of the same name with "-poison" at its end, where it stays, as <c>{reason, at, id, takes, text}</c>,
    /// and then deletes it here: whoever is killed in between leaves it in both. A text too long for that is cut.
    /// </summary>
    public Task SetAsideAsync(QueuedNotices message, string reason, DateTimeOffset at, CancellationToken cancellationToken) =>
        GuardAsync(async () =>
    {
        var text = Aside(message, reason, at);
        try
        {
            await _aside.SendMessageAsync(text, timeToLive: ForEver, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await _aside.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            await _aside.SendMessageAsync(text, timeToLive: ForEver, cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        await DoneAsync(message, cancellationToken).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    private static string Aside(QueuedNotices message, string reason, DateTimeOffset at)
    {
        for (var length = message.Text.Length; ; length /= 2)
        {
            // Characters that JSON does not need to escape are: a message must be text that XML can hold.
            var text = JsonSerializer.Serialize(
                new { reason, at, message.Id, message.Takes, text = message.Text[..length] }, JsonSerializerOptions.Web);
            if (text.Length <= MaxMessageBytes || length == 0) return text;
        }
    }

    private Task<bool> WhileOursAsync(Func<Task> call, CancellationToken cancellationToken) => GuardAsync(async () =>
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
