using System.Net.ServerSentEvents;
using System.Text.Json;
using TsMapSurvey.Server.LiveFeed;

namespace TsMapSurvey.Server.Tests;

[Trait("Pace", "slow")]
public sealed class EventTests
{
    [Fact]
    public async Task Who_listens_is_told_of_observations_and_tiles_and_who_comes_back_of_what_was_missed()
    {
        using var folder = new TemporaryFolder();
        var settings = StackedServer.Settings(folder);
        await using var server = await ServerHost.StartAsync(settings, CancellationToken.None);
        using var client = new Client(server.Address);
        await client.PostAsync("/api/surveys", SmallSurvey.Definition.ToJson());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var ids = new List<string?>();
        await using (var stream = await client.OpenAsync("/api/surveys/small/events"))
        {
            var (resets, isStacked, isUpdated) = (0, false, false);
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(limit.Token))
            {
                ids.Add(item.EventId);
                if (item.EventType == "reset" && ++resets == 1) await SmallSurvey.PutAsync(settings.Store, 1);
                isStacked |= item.EventType == "observation"
                    && JsonDocument.Parse(item.Data).RootElement.GetProperty("state").GetString() == "stacked";
                isUpdated |= item.EventType == "tile-updated"
                    && JsonDocument.Parse(item.Data).RootElement.GetProperty("revision").GetInt64() > 0;
                if (isStacked && isUpdated) break;
            }

            Assert.Equal(1, resets);
        }

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.True(ids.Count >= 3);
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("Last-Event-ID", ids[0]);
        await using (var again = await http.GetStreamAsync("/api/surveys/small/events", limit.Token))
        {
            var missed = new List<string?>();
            await foreach (var item in SseParser.Create(again).EnumerateAsync(limit.Token))
            {
                missed.Add(item.EventId);
                if (missed.Count == ids.Count - 1) break;
            }

            Assert.Equal(ids[1..], missed);
        }
    }

    [Fact]
    public async Task Who_comes_back_with_an_id_of_another_life_starts_anew()
    {
        var feed = new SurveyFeed("b");
        feed.Publish("observation", 1);

        await using var events = feed.ListenAsync("a-1", CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(("reset", "b-1"), (events.Current.Type, events.Current.Id));
    }

    [Fact]
    public async Task A_new_stream_begins_with_one_reset_whether_it_comes_before_the_first_look_or_after_it()
    {
        var feed = new SurveyFeed("a");
        await using var early = feed.ListenAsync(null, CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        var first = early.MoveNextAsync();
        Assert.True(feed.HasListeners);
        feed.Publish("reset", null);
        await using var late = feed.ListenAsync(null, CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        var second = late.MoveNextAsync();
        feed.Publish("observation", 1);

        Assert.True(await first && await second);
        foreach (var listener in new[] { early, late })
        {
            Assert.Equal(("reset", "a-1"), (listener.Current.Type, listener.Current.Id));
            Assert.True(await listener.MoveNextAsync());
            Assert.Equal(("observation", "a-2"), (listener.Current.Type, listener.Current.Id));
        }
    }

    [Fact]
    public async Task A_listener_that_does_not_keep_up_is_sent_away()
    {
        var feed = new SurveyFeed("a");
        feed.Publish("reset", null);
        await using var events = feed.ListenAsync(null, CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        await events.MoveNextAsync();
        for (var i = 0; i < 5000; i++) feed.Publish("observation", i);

        var received = 0;
        while (await events.MoveNextAsync()) received++;
        Assert.InRange(received, 1000, 4999);
        Assert.False(feed.HasListeners);
    }
}
