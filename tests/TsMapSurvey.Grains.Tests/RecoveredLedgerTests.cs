using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tests;

/// <summary>What a tile has to hold by the observations' records, where its manifest is lost.</summary>
public sealed class RecoveredLedgerTests
{
    private static readonly DateTimeOffset Now = new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly ObservationRef Version = new("a", "1", "hash-1");

    [Theory]
    // What the record says, whether the checkpoint has the version before it, the version that the tile holds then, and what becomes of
    // changes that come later.
    [InlineData("Stacked here", false, "1", "put 9 AlreadySo, put 8 Superseded, remove 9 Superseded, remove 10 Rebuild")]
    [InlineData("Stacked here", true, "1", "put 9 AlreadySo, put 8 Superseded")]
    [InlineData("Stacked elsewhere", true, null, "put 8 Superseded, put 9 Superseded, put 10 Add")]
    [InlineData("Planned here", true, "1", "put 9 AlreadySo, put 8 Superseded, remove 10 Rebuild")]
    [InlineData("Planned elsewhere", true, null, "put 8 Superseded, remove 9 Fence")]
    [InlineData("Retracting here", true, null, "put 8 Superseded, remove 9 AlreadySo, put 10 Add")]
    [InlineData("Retracted here", true, null, "put 8 Superseded, put 9 Superseded, put 10 Add")]
    [InlineData("Quarantined here", true, null, "put 8 Superseded, put 10 Add")]
    // Not decided yet: the tile keeps what it has, and takes what the decision will be.
    [InlineData("Changed here", true, "0", "put 9 Rebuild, put 8 Superseded, remove 9 Rebuild")]
    [InlineData("Changed here", false, null, "put 9 Add, put 8 Superseded, remove 9 Fence")]
    [InlineData("Received here", false, null, "put 9 Add, put 8 Superseded")]
    public void A_decision_is_carried_out_once_and_nothing_before_it_is_let_in(
        string said, bool knowsTheOneBefore, string? held, string later)
    {
        var words = said.Split(' ');
        var record = Record("a", Enum.Parse<RecordState>(words[0]), words[1] == "here" ? "t" : "other");
        var known = TileLedger.Empty.With(knowsTheOneBefore ? [new LedgerEntry("a", "0", "hash-0", 5)] : []);
        var made = RecoveredLedger.Of("t", "checkpoint", known, known.Entries.Count, [], [record], Now);
        Assert.Equal(held, made.Ledger.Find("a")?.ETag);
        var manifest = new TileManifest { Tile = "t", Revision = 1, CommitId = "c", Fences = made.Fences, CommittedAt = Now };
        var head = new TileHead(new StoredManifest(manifest, "etag"), made.Ledger);
        foreach (var step in later.Split(", ").Select(step => step.Split(' ')))
        {
            var generation = long.Parse(step[1], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(step[2], $"{head.Judge(new TileChange(Version, generation, step[0] == "remove"))}");
        }
    }

    [Fact]
    public void The_checkpoint_stays_where_all_of_it_does_and_what_no_record_tells_of_is_kept()
    {
        var known = TileLedger.Empty.With(
            [new LedgerEntry("b", "2", "hash-2", 5, 77), new LedgerEntry("unknown", "3"), new LedgerEntry("tail", "4")]);
        ObservationRecord[] records = [Record("a", RecordState.Stacked, "t"), Record(
            "b", RecordState.Stacked, "t") with { ETag = "2 again", Hash = "hash-2" }, Record("tail", RecordState.Retracted, "t"),
            ObservationLife.Damaged("unknown", "bad", Now)];
        var made = RecoveredLedger.Of("t", "checkpoint", known, 2, [new LedgerFence("gone", 3, Now)], records, Now);
        Assert.Equal(
            ("checkpoint", "b unknown a"), (made.Checkpoint, string.Join(' ', made.Ledger.Entries.Select(entry => entry.Observation))));
        Assert.Equal(new LedgerEntry("a", "1", "hash-1", 9), Assert.Single(made.Tail));
        Assert.Equal([("gone", 3), ("b", 9), ("tail", 9)], made.Fences.Select(fence => (fence.Observation, fence.Generation))
            .OrderBy(fence => fence.Generation).ThenBy(fence => fence.Observation));
        var without = RecoveredLedger.Of("t", "checkpoint", known, 3, [], records, Now);
        Assert.Equal((null, 3), (without.Checkpoint, without.Tail.Count));
    }

    [Fact]
    public void Decisions_that_no_message_can_be_older_than_and_first_ones_leave_no_fence()
    {
        var old = Record("old", RecordState.Retracted, "t") with { ChangedAt = Now.AddHours(-2) };
        var first = Record("first", RecordState.Stacked, "other") with { History = [] };
        Assert.Empty(RecoveredLedger.FencesOf([old, first], Now));
        Assert.Equal("a", Assert.Single(RecoveredLedger.FencesOf([old, first, Record("a", RecordState.Retracted, "t")], Now)).Observation);
    }

    private static ObservationRecord Record(string name, RecordState state, string tile) =>
        ObservationLife.New(new ObservationRef(name, "1", "hash-1"), Now) with
        {
            Hash = "hash-1",
            State = state,
            Generation = 9,
            Tiles = [tile],
            Holders = ["t"],
            ChangedAt = Now.AddMinutes(-1),
            History = [new RecordStep(RecordState.Changed, Now.AddMinutes(-1), null)],
        };
}
