using System.Text.Json;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging.Abstractions;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Intake;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Notices;

namespace TsMapSurvey.Grains.Tests;

/// <summary>A real queue, silos that list their store once a day, and observations that come after that.</summary>
[Trait("Pace", "slow")]
public sealed class NoticeIntakeTests : IAsyncLifetime
{
    private const string Survey = "events";
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);
    private static readonly GrainOptions Options =
        SurveyHost.Quick with { ReconcileEvery = TimeSpan.FromDays(1), QueuePause = TimeSpan.FromMilliseconds(50), MessageTakes = 3 };
    private readonly TemporaryFolder _folder = new();
    private readonly string _name = Azurite.NewName();
    private string _connection = "";
    private FaultyStore _store = null!;
    private NoticeQueue _queue = null!;
    private SurveyHost? _host;

    public async ValueTask InitializeAsync()
    {
        _connection = (await Azurite.NeedAsync()).ConnectionString;
        _store = new FaultyStore(BlobStores.Open(_folder.Path));
        _queue = NoticeQueues.Open(_name, _connection);
        await Messages().CreateIfNotExistsAsync();
        await Messages("-poison").CreateIfNotExistsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Doubled_disordered_and_foreign_events_read_by_two_silos_stack_every_observation_once()
    {
        await StartAsync(silos: 2, reads: true);
        var observations = LittleSurvey.Several();
        for (var i = 0; i < observations.Length; i++) await _store.PutAsync($"observations/night {i}/o+{i}.fits", observations[i]);
        string[] blobs = [.. observations.Select((_, i) => $"observations/night {i}/o+{i}.fits")];
        string[] messages =
        [
            .. blobs.Select(blob => GridEvents.Base64(GridEvents.Created(blob))), .. blobs.Select(
                blob => GridEvents.Base64(GridEvents.CloudCreated(blob))), .. blobs.Select(blob => GridEvents.Created(blob)),
            $"[{string.Join(',', blobs.Select(blob => GridEvents.Created(blob)))}]",
                GridEvents.Created(blobs[0], type: "Microsoft.Storage.BlobDeleted"), GridEvents.Created("observations/gone.fits"),
            GridEvents.Created("surveys/events/maps/x000y000/point/0000000001.fits"), GridEvents.Created("observations/../secret.fits"),
            GridEvents.Created("elsewhere/a.fits"),
        ];
        new Random(3).Shuffle(messages);
        foreach (var message in messages) await SendAsync(message);
        await StackedAsync(observations.Length);
        await EmptyAsync();

        // What comes late, when all is long done, changes nothing.
        var revisions = await RevisionsAsync();
        foreach (var blob in blobs) await SendAsync(GridEvents.Created(blob));
        await EmptyAsync();
        Assert.Equal(revisions, await RevisionsAsync());
        foreach (var tile in LittleSurvey.Resolved.Tiling.All())
            Assert.Equal(LittleSurvey.Offline(tile, observations).Counts!.Data, (await StackAsync(tile.ToString())).Counts!.Data);
        Assert.Empty(await AsideAsync());
    }

    [Fact]
    public async Task What_is_no_event_goes_aside_with_the_reason_and_holds_nothing_up()
    {
        await StartAsync(silos: 1, reads: true);
        await _store.PutAsync("observations/a.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await _store.PutAsync("observations/b.fits", LittleSurvey.Observation(2, LittleSurvey.Everywhere));
        await SendAsync("no event");
        await SendAsync(GridEvents.Base64("{ cut"));
        await SendAsync($"[{GridEvents.Created("observations/a.fits")}, {{\"id\": \"half\"}}]");
        await SendAsync(GridEvents.Created("observations/b.fits"));
        await StackedAsync(2);
        await EmptyAsync();
        var aside = await AsideAsync();
        Assert.Equal(3, aside.Length);
        Assert.Single(aside, one => one.Text == "no event" && one.Reason.Contains("expected JSON or base64", StringComparison.Ordinal));
        Assert.Single(
            aside, one => one.Text == GridEvents.Base64("{ cut") && one.Reason.Contains("found invalid JSON", StringComparison.Ordinal));
        Assert.Single(aside, one => one.Reason.StartsWith("event half: found an object that is not an event", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_fails_comes_again_and_what_fails_too_often_goes_aside_and_is_found_by_listing()
    {
        await StartAsync(silos: 1, reads: true);
        await _store.PutAsync("observations/a.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await _store.PutAsync("observations/b.fits", LittleSurvey.Observation(2, LittleSurvey.Everywhere));
        _store.FailFinds("observations/a.fits", times: Options.MessageTakes - 1);
        _store.FailFinds("observations/b.fits", times: Options.MessageTakes);
        await SendAsync(GridEvents.Created("observations/a.fits"));
        await SendAsync(GridEvents.Created("observations/b.fits"));
        await StackedAsync(1);
        await EmptyAsync();
        var aside = Assert.Single(await AsideAsync());
        Assert.Equal((GridEvents.Subject("observations/b.fits"), true), (Subject(aside.Text),
            aside.Reason.StartsWith($"received {Options.MessageTakes} times and always failed: ", StringComparison.Ordinal)));
        Assert.True(_store.IsDone);
        await _host!.SettledAsync(Survey, 2);
        await StackedAsync(2);
    }

    [Fact]
    public async Task With_enough_in_line_messages_stay_in_the_queue_until_there_is_room()
    {
        await StartAsync(silos: 1, reads: false, Options with { LongestLine = 2, ObservationsInFlight = 1 });
        var reader = Reader(Options with { LongestLine = 2, ObservationsInFlight = 1 });
        var first = _store.HoldNextWrite("observations/o0.fits.json");
        for (var i = 0; i < 8; i++) await _store.PutAsync(
            $"observations/o{i}.fits", LittleSurvey.Observation(i + 1, LittleSurvey.Everywhere));
        await SendAsync(GridEvents.Created("observations/o0.fits"));
        Assert.Equal(1, await reader.PollAsync(CancellationToken.None));
        await first.Begun;
        for (var i = 1; i < 8; i++) await SendAsync(GridEvents.Created($"observations/o{i}.fits"));

        Assert.Equal((2, 0, 0), (await reader.PollAsync(CancellationToken.None), await reader.PollAsync(CancellationToken.None),
            await reader.PollAsync(CancellationToken.None)));
        Assert.Equal(5, await CountAsync());
        Assert.Equal((1, 2), await _host!.Grains.Intake(Survey).GetReport(CancellationToken.None) is var report
            ? (report.InFlight, report.InLine) : default);

        first.Release();
        await Until.TrueAsync(async () => await reader.PollAsync(CancellationToken.None) >= 0 && await CountAsync() == 0);
        await StackedAsync(8);
    }

    [Fact]
    public async Task What_a_killed_reader_had_in_hand_comes_back_to_another_one()
    {
        await StartAsync(silos: 1, reads: false);
        await _store.PutAsync("observations/a.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await SendAsync(GridEvents.Created("observations/a.fits"));

        // The first one is killed before it tells anybody, the second one after that and before it deletes.
        Assert.Single(await _queue.TakeAsync(32, TimeSpan.FromSeconds(1), CancellationToken.None));
        await Until.TrueAsync(async () => (await _queue.TakeAsync(32, TimeSpan.FromSeconds(1), CancellationToken.None)).Count == 1);
        Assert.True(await _host!.Grains.Intake(Survey).Notify("observations/a.fits", CancellationToken.None));
        await StackedAsync(1);
        var revisions = await RevisionsAsync();

        var reader = Reader(Options);
        await Until.TrueAsync(async () => await reader.PollAsync(CancellationToken.None) == 1);
        await EmptyAsync();
        Assert.Equal(revisions, await RevisionsAsync());
        Assert.Empty(await AsideAsync());
    }

    [Fact]
    public async Task A_message_that_kills_its_readers_goes_aside_unread()
    {
        await StartAsync(silos: 1, reads: false);
        await _store.PutAsync("observations/a.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await SendAsync(GridEvents.Created("observations/a.fits"));
        for (var i = 0; i < Options.MessageTakes; i++) await Until.TrueAsync(
            async () => (await _queue.TakeAsync(32, TimeSpan.FromSeconds(1), CancellationToken.None)).Count == 1);

        var reader = Reader(Options);
        await Until.TrueAsync(async () => await reader.PollAsync(CancellationToken.None) == 1);
        await EmptyAsync();
        Assert.Equal($"received {Options.MessageTakes} times and never completed", Assert.Single(await AsideAsync()).Reason);
        Assert.Empty((await _host!.Grains.Intake(Survey).GetReport(CancellationToken.None)).States);
    }

    [Fact]
    public async Task Before_there_is_a_survey_messages_are_left_where_they_are()
    {
        _host = await SurveyHost.StartAsync(_store, options: Options);
        await SendAsync(GridEvents.Created("observations/a.fits"));
        Assert.Equal(0, await Reader(Options).PollAsync(CancellationToken.None));
        Assert.Equal(1, Assert.Single(await _queue.TakeAsync(32, Long, CancellationToken.None)).Takes);
    }

    /// <summary>Silos whose one listing of the day is over.</summary>
    private async Task StartAsync(short silos, bool reads, GrainOptions? options = null)
    {
        _host = await SurveyHost.StartAsync(_store, silos, options ?? Options, queue: reads ? _queue : null);
        await _host.DefineAsync(Survey);
        await Until.TrueAsync(async () => (await _host.Grains.Intake(Survey).GetReport(CancellationToken.None)).ReconciledAt is not null);
    }

    /// <summary>One that looks when it is told to.</summary>
    private NoticeIntake Reader(GrainOptions options) => new(
        _queue, new NoticedSurveys(_host!.Service<SurveyCatalog>(), _host.Grains, options, NullLogger<NoticedSurveys>.Instance), _store,
        options, TimeProvider.System, NullLogger<NoticeIntake>.Instance);

    private Task StackedAsync(int observations) => Until.TrueAsync(async () =>
        (await _host!.Grains.Intake(Survey).GetReport(CancellationToken.None)).States is [{ State: ObservationState.Stacked } stacked]
            && stacked.Count == observations);

    private Task EmptyAsync() => Until.TrueAsync(async () => await CountAsync() == 0);

    private async Task<int> CountAsync() => (await Messages().GetPropertiesAsync()).Value.ApproximateMessagesCount;

    private async Task<long[]> RevisionsAsync() => [.. (await _host!.TilesAsync(Survey)).Select(tile => tile.Revision)];

    private async Task<MapDataset> StackAsync(string tile) =>
        await _store.ReadDatasetAsync((await _host!.Grains.Tile(Survey, tile).RequestStack(CancellationToken.None)).Blob!);

    private async Task<(string Reason, string Text)[]> AsideAsync()
    {
        PeekedMessage[] messages = (await Messages("-poison").PeekMessagesAsync(32)).Value;
        return [.. messages.Select(message =>
        {
            using var json = JsonDocument.Parse(message.Body);
            return (json.RootElement.GetProperty("reason").GetString()!, json.RootElement.GetProperty("text").GetString()!);
        })];
    }

    private static string Subject(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.GetProperty("subject").GetString()!;
    }

    private async Task SendAsync(string text) => await Messages().SendMessageAsync(text);

    private QueueClient Messages(string ending = "") => new(_connection, _name + ending);
}
