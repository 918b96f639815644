using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Tests;

/// <summary>What goes between silos, through the serializer that takes it there.</summary>
public sealed class WireTests : IDisposable
{
    private const int Limit = 1_000_000;
    private static readonly DateTimeOffset Time = new(2020, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void A_failure_keeps_its_kind_its_text_and_all_its_problems()
    {
        var sent = new SurveyServiceException(ServiceError.LostRace, "text", "one", "two");
        var received = RoundTrip(sent);
        Assert.Equal((sent.Error, sent.Message, true), (received.Error, received.Message, received.RetryHelps));
        Assert.Equal(sent.Problems, received.Problems);
        Assert.Equal("text", Assert.IsType<SurveyServiceException>(RoundTrip<Exception>(sent)).Message);
    }

    [Fact]
    public void A_ticket_arrives_as_it_was_sent()
    {
        var ticket = new MapTicket("x000y000", "point", TicketState.Ready, 3, 4, Time, "blob", null);
        Assert.Equal(ticket, RoundTrip(ticket));
        Assert.True(RoundTrip(ticket).Stale);
        var ofWindow = ticket with
        {
            NewestRevision = 3,
            Window = new SliceWindow("7d", 59000, 59006, Time, Time.AddDays(7)),
            IsEarlierWindow = true
        };
        Assert.Equal((ofWindow, true), (RoundTrip(ofWindow), RoundTrip(ofWindow).Stale));
    }

    [Fact]
    public void The_fullest_page_of_observations_stays_below_the_limit_of_a_message()
    {
        var reason = new string('x', UnusableException.MaxReasonLength + 3);
        var entries = Enumerable.Range(0, 10 * Page<ObservationEntry>.MaxItems)
            .Select(i => new ObservationEntry(
                $"{i:D5}{new string('n', 240)}", new string('e', 40), ObservationState.Quarantined, Time, 9, reason + i)).ToArray();
        var page = Paging.Of(entries, entry => entry.Name, entry => entry, null, int.MaxValue);
        Assert.Equal((Page<ObservationEntry>.MaxItems, entries[Page<ObservationEntry>.MaxItems - 1].Name), (page.Items.Length, page.Next));
        Assert.InRange(Size(page), Page<ObservationEntry>.MaxItems * 1000, Limit);
    }

    [Fact]
    public void The_fullest_page_of_tiles_stays_below_the_limit_of_a_message()
    {
        var maps = Enumerable.Range(0, 10).Select(
            i => new MapSummary($"a rather long name {i}", i, Time.AddTicks(i), null, i * 0.3, i * 0.1, i * 1e9)).ToImmutableArray();
        var tiles = Enumerable.Range(0, 10 * Page<TileSummary>.MaxItems)
            .Select(i => new TileSummary(
                $"x{i:D5}y00000", i * 0.1, i * 0.01, i, i, Time.AddTicks(i), [.. maps.Select(map => map with { Counts = i })], null));
        Assert.InRange(
            Size(Paging.Of(tiles, tile => tile.Tile, tile => tile, null, int.MaxValue)), Page<TileSummary>.MaxItems * 100, Limit);
    }

    [Fact]
    public void Pages_together_hold_every_item_once()
    {
        var names = Enumerable.Range(0, 23).Select(i => $"{i:D2}").ToArray();
        var (collected, after) = (new List<string>(), default(string));
        do
        {
            var page = Paging.Of(names, name => name, name => name, after, 5);
            collected.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(names, collected);
    }

    private T RoundTrip<T>(T value)
    {
        var serializer = _services.GetRequiredService<Serializer>();
        return serializer.Deserialize<T>(serializer.SerializeToArray(value))!;
    }

    private int Size<T>(T value) => _services.GetRequiredService<Serializer>().SerializeToArray(value).Length;
}
