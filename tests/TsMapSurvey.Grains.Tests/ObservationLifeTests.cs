using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tests;

/// <summary>Each step of an observation's life: what becomes of its record.</summary>
public sealed class ObservationLifeTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
    private static readonly ObservationRecord Stacked = ObservationLife.New(new ObservationRef("a", "1"), Now)
        .Planned("hash", ["x", "y"], Now).Stacked(Now);

    [Theory]
    [InlineData(0, 1_700_000_000_000)]
    [InlineData(1_700_000_000_000, 1_700_000_000_001)]
    [InlineData(1_700_000_099_999, 1_700_000_100_000)]
    public void A_decision_counts_up_even_if_the_clock_stands_still_or_was_set_back(long before, long expected) =>
        Assert.Equal(expected, ObservationLife.Next(before, Now));

    [Theory]
    [InlineData(null, TileChangeOutcome.Done, TileChangeOutcome.AlreadySo)]
    [InlineData(null)]
    [InlineData(TileChangeOutcome.Refused, TileChangeOutcome.Done, TileChangeOutcome.Refused)]
    [InlineData(TileChangeOutcome.Gone, TileChangeOutcome.AlreadySo, TileChangeOutcome.Gone, TileChangeOutcome.Done)]
    [InlineData(TileChangeOutcome.Refused, TileChangeOutcome.Gone, TileChangeOutcome.Refused)]
    [InlineData(TileChangeOutcome.Superseded, TileChangeOutcome.Refused, TileChangeOutcome.Gone, TileChangeOutcome.Superseded)]
    public void One_tiles_no_decides_over_the_yes_of_all_others(TileChangeOutcome? decisive, params TileChangeOutcome[] outcomes)
    {
        var results = outcomes.Select((outcome, i) => new TileChangeResult(outcome, i + 1, $"reason {i}", 7)).ToArray();
        var found = ObservationLife.Decisive(results);
        Assert.Equal(decisive, found?.Outcome);
        if (found is not null) Assert.Equal($"reason {Array.IndexOf(outcomes, found.Outcome)}", found.Reason);
    }

    [Fact]
    public void Every_decision_is_later_than_the_one_before_and_no_step_on_the_way_is_one()
    {
        var first = ObservationLife.New(new ObservationRef("a", "1"), Now);
        var generation = first.Generation;
        Assert.Equal(generation, first.Planned("hash", ["x"], Now).Generation);
        Assert.Equal(generation, Stacked.Generation);
        Assert.Equal(generation, Stacked.WithETag("2").Generation);
        foreach (var decided in new[]
        {
            Stacked.Replaced("2", Now), Stacked.Retried("2", Now), Stacked.Removed(RecordState.Retracted, "why", Now),
            Stacked.Removed(RecordState.Quarantined, "why", Now), Stacked.Deleted(Now),
        }) Assert.Equal(generation + 1, decided.Generation);
        var leaving = Stacked.Removed(RecordState.Retracted, "why", Now);
        Assert.Equal(leaving.Generation, leaving.Cleared(Now).Generation);
    }

    [Fact]
    public void A_replacement_of_what_tiles_hold_keeps_its_holders_until_they_have_changed()
    {
        var replaced = Stacked.Replaced("2", Now.AddSeconds(1));
        Assert.Equal((RecordState.Changed, "2", "2", default(string)), (replaced.State, replaced.ETag, replaced.SeenETag, replaced.Hash));
        Assert.Equal(["x", "y"], replaced.Holders);
        Assert.Null(replaced.StackedAt);
        // Planned for other tiles: those that have it must let go of it, so they are told too.
        Assert.Equal(["y", "z", "x"], replaced.Planned("new", ["y", "z"], Now).Holders);
        Assert.Equal(["y", "z"], replaced.Planned("new", ["y", "z"], Now).Stacked(Now).Holders);
    }

    [Fact]
    public void What_no_tile_holds_begins_anew_and_is_out_at_once()
    {
        var received = ObservationLife.New(new ObservationRef("a", "1"), Now);
        var replaced = received.Replaced("2", Now.AddSeconds(1));
        Assert.Equal((RecordState.Received, Now.AddSeconds(1)), (replaced.State, replaced.ReceivedAt));
        Assert.Equal(Now, received.Retried("2", Now.AddSeconds(1)).ReceivedAt);
        Assert.Equal(RecordState.Retracted, received.Removed(RecordState.Retracted, "why", Now).State);
        Assert.Equal(RecordState.Quarantined, received.Removed(RecordState.Quarantined, "why", Now).State);
        Assert.Null(received.Removed(RecordState.Quarantined, "why", Now).RetractedAt);
        // Whether tiles hold what had a damaged record is not known: they are asked first.
        Assert.Equal(RecordState.Retracting, (received with { Damage = "bad" }).Removed(RecordState.Retracted, "why", Now).State);
    }

    [Fact]
    public void What_is_taken_out_is_in_its_tiles_until_they_say_so_and_keeps_its_reason()
    {
        var leaving = Stacked.Removed(RecordState.Retracted, "why", Now);
        Assert.Equal((RecordState.Retracting, "why", null), (leaving.State, leaving.Reason, leaving.StackedAt));
        Assert.Equal(["x", "y"], leaving.Holders);
        var gone = leaving.Cleared(Now);
        Assert.Equal(
            (RecordState.Retracted, "why", Now, 0, 0), (gone.State, gone.Reason, gone.RetractedAt, gone.Tiles.Count, gone.Holders.Count));
    }

    [Fact]
    public void What_the_store_has_no_longer_is_new_whatever_comes_under_its_name()
    {
        var deleted = Stacked.Deleted(Now);
        Assert.Equal(("", "1", "hash", RecordState.Retracting), (deleted.SeenETag, deleted.ETag, deleted.Hash, deleted.State));
    }
}
