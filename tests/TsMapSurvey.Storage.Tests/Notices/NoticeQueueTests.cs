using System.Text.Json;
using Azure.Storage.Queues;
using Azure.Storage.Sas;
using TsMapSurvey.Storage.Notices;

namespace TsMapSurvey.Storage.Tests.Notices;

/// <summary>Against the emulator's queues.</summary>
public sealed class NoticeQueueTests : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private readonly string _name = Azurite.NewName();
    private string _store = "";
    private NoticeQueue _queue = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = (await Azurite.NeedAsync()).ConnectionString;
        _queue = NoticeQueues.Open(_name, _store);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_queue_that_is_missing_is_made_and_empty()
    {
        Assert.Empty(await _queue.TakeAsync(32, Long, Cancel));
        await Sender().SendMessageAsync("{}", Cancel);
        Assert.Equal("{}", Assert.Single(await _queue.TakeAsync(32, Long, Cancel)).Text);
    }

    [Fact]
    public async Task What_is_taken_is_seen_by_nobody_else_for_a_while_and_comes_back_when_it_is_not_done_with()
    {
        await SendAsync("one");
        var taken = Assert.Single(await _queue.TakeAsync(32, Short, Cancel));
        Assert.Equal(("one", 1), (taken.Text, taken.Takes));
        var again = await TakeOneAsync();
        Assert.Equal((taken.Id, 2), (again.Id, again.Takes));
        Assert.Empty(await NoticeQueues.Open(_name, _store).TakeAsync(32, Long, Cancel));

        // The first reader's receipt is not valid any more, and does not affect the second reader.
        await _queue.CompleteAsync(taken, Cancel);
        await _queue.LaterAsync(taken, TimeSpan.Zero, Cancel);
        Assert.Empty(await _queue.TakeAsync(32, Long, Cancel));
        await _queue.LaterAsync(again, TimeSpan.Zero, Cancel);
        var last = await TakeOneAsync();
        await _queue.CompleteAsync(last, Cancel);
        await _queue.CompleteAsync(last, Cancel);
        Assert.Equal(0, (await Sender().GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task What_is_set_aside_is_in_the_poison_queue_with_the_reason_and_not_here()
    {
        await SendAsync("no event \"at all\"");
        await _queue.MoveToPoisonQueueAsync(Assert.Single(await _queue.TakeAsync(1, Long, Cancel)), "found nothing",
            new DateTimeOffset(2026, 11, 26, 10, 0, 0, TimeSpan.Zero), Cancel);
        Assert.Equal(0, (await Sender().GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount);
        using var aside = JsonDocument.Parse((await Sender("-poison").PeekMessageAsync(Cancel)).Value.Body);
        Assert.Equal(("found nothing", "no event \"at all\"", 1), (aside.RootElement.GetProperty("reason")
            .GetString(), aside.RootElement.GetProperty("text").GetString(), aside.RootElement.GetProperty("takes").GetInt32()));
        Assert.Equal(2026, aside.RootElement.GetProperty("at").GetDateTimeOffset().Year);
    }

    [Fact]
    public async Task The_longest_message_and_one_that_no_JSON_holds_unescaped_fit_into_the_poison_queue_too()
    {
        await SendAsync(new string('\'', 64 << 10));
        await SendAsync(new string('\u00fc', 32 << 10));
        foreach (var message in await _queue.TakeAsync(32, Long, Cancel))
            await _queue.MoveToPoisonQueueAsync(message, "too long to be true", DateTimeOffset.UnixEpoch, Cancel);
        var aside = (await Sender("-poison").PeekMessagesAsync(32, Cancel)).Value;
        Assert.Equal(2, aside.Length);
        Assert.All(aside, message => Assert.InRange(message.Body.ToArray().Length, 1000, 64 << 10));
    }

    [Fact]
    public async Task An_address_with_a_signature_of_the_account_opens_both_queues()
    {
        var azurite = await Azurite.NeedAsync();
        var signed = new QueueServiceClient(_store).GenerateAccountSasUri(
            AccountSasPermissions.All, new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero), AccountSasResourceTypes.All);
        var queue = NoticeQueues.Open($"{azurite.QueueUrl}/{_name}{signed.Query}", $"{azurite.BlobUrl}/sky");
        Assert.Equal($"{azurite.QueueUrl}/{_name}", queue.Description);
        await SendAsync("one");
        await queue.MoveToPoisonQueueAsync(
            Assert.Single(await queue.TakeAsync(1, Long, Cancel)), "why not", DateTimeOffset.UnixEpoch, Cancel);
        Assert.Contains("why not", (await Sender("-poison").PeekMessageAsync(Cancel)).Value.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_read_the_queue_is_told_so()
    {
        var azurite = await Azurite.NeedAsync();
        var queue = NoticeQueues.Open(
            $"{azurite.QueueUrl}/{_name}?sv=2024-11-04&ss=q&srt=sco&sp=r&se=2099-01-01T00:00:00Z&sig=c2VjcmV0", $"{azurite.BlobUrl}/sky");
        var denied = await Assert.ThrowsAsync<StorageException>(() => queue.TakeAsync(1, Long, Cancel));
        Assert.Equal(StorageError.Denied, denied.Error);
        Assert.DoesNotContain("c2VjcmV0", denied.ToString(), StringComparison.Ordinal);
    }

    private async Task SendAsync(string text)
    {
        await Sender().CreateIfNotExistsAsync(cancellationToken: Cancel);
        await Sender().SendMessageAsync(text, Cancel);
    }

    /// <summary>Waits until a message becomes visible again.</summary>
    private async Task<QueuedNotices> TakeOneAsync()
    {
        while (true)
            if (await _queue.TakeAsync(1, Long, Cancel) is [{ } message]) return message;
    }

    private QueueClient Sender(string ending = "") => new(_store, _name + ending);
}
