using System.Text;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Storage.Tests.Faults;

namespace TsMapSurvey.Storage.Tests;

public sealed partial class TileStoreTests
{
    private readonly MemoryStore _memory = new();
    private readonly FaultyStore _faulty;
    private readonly TileStore _tiles;

    public TileStoreTests()
    {
        _faulty = new FaultyStore(_memory);
        _tiles = new TileStore(_faulty, "sky");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_manifest_is_a_blob_of_its_tile_in_this_form()
    {
        Assert.Null((await _tiles.FindManifestAsync("12_-3", Cancel)).Stored);
        var manifest =
            Manifest(7) with { Tile = "12_-3", Checkpoint = "surveys/sky/tiles/12_-3/checkpoints/0000000006-ab.ckpt", Observations = 9 };
        var result = await _tiles.CommitAsync(manifest, null, Cancel);
        var json = Encoding.UTF8.GetString((await _memory.ReadAsync("surveys/sky/tiles/12_-3/manifest.json", Cancel))!.Bytes.Span);
        Assert.Equal($$"""
            {
              "schema": 3,
              "tile": "12_-3",
              "revision": 7,
              "commitId": "{{manifest.CommitId}}",
              "checkpoint": "surveys/sky/tiles/12_-3/checkpoints/0000000006-ab.ckpt",
              "tail": [
                {
                  "observation": "run7.fits",
                  "eTag": "e7"
                }
              ],
              "fences": [],
              "observations": 9,
              "committedAt": "2001-02-03T04:05:06+00:00","checksum":"{{json[^34..^2]}}"}
            """.ReplaceLineEndings("\n"), json.ReplaceLineEndings("\n"));
        var found = (await _tiles.FindManifestAsync("12_-3", Cancel)).Stored;
        Assert.Equal(result.Found!.ETag, found!.ETag);
        Assert.Equal(manifest with { Tail = [], Fences = [] }, found.Manifest with { Tail = [], Fences = [] });
        Assert.Equal(manifest.Tail, found.Manifest.Tail);
    }

    [Fact]
    public async Task Tiles_with_a_manifest_are_listed()
    {
        foreach (var tile in new[] { "b", "a" }) await _tiles.CommitAsync(Manifest(1) with { Tile = tile }, null, Cancel);
        await _tiles.WriteCheckpointAsync("c", 1, "id", new MemoryStream([1]), Cancel);
        await new TileStore(_memory, "skyline").CommitAsync(Manifest(1) with { Tile = "d" }, null, Cancel);
        var tiles = new List<string>();
        await foreach (var tile in _tiles.ListTilesAsync(Cancel)) tiles.Add(tile);
        Assert.Equal(["a", "b"], tiles);
    }

    [Fact]
    public async Task A_writer_with_an_old_etag_loses_and_learns_the_winners_manifest()
    {
        var first = await _tiles.CommitAsync(Manifest(1), null, Cancel);
        var winner = Manifest(2);
        var won = await _tiles.CommitAsync(winner, first.Found!.ETag, Cancel);
        var lost = await _tiles.CommitAsync(Manifest(2), first.Found.ETag, Cancel);
        Assert.Equal((CommitOutcome.Committed, CommitOutcome.LostRace), (won.Outcome, lost.Outcome));
        Assert.Equal((winner.CommitId, won.Found!.ETag), (lost.Found!.Manifest.CommitId, lost.Found.ETag));
        var late = await _tiles.CommitAsync(Manifest(1), null, Cancel);
        Assert.Equal((CommitOutcome.LostRace, winner.CommitId), (late.Outcome, late.Found!.Manifest.CommitId));
    }

    [Theory]
    [InlineData(Fault.AnswerLost, "write,read")]
    [InlineData(Fault.DoneTwice, "write,read")]
    [InlineData(Fault.Lost, "write,read,write")]
    public async Task A_commit_whose_answer_says_nothing_is_found_out_by_its_id(Fault fault, string calls)
    {
        var first = await _tiles.CommitAsync(Manifest(1), null, Cancel);
        _faulty.Calls.Clear();
        _faulty.Plan.Enqueue(fault);
        var manifest = Manifest(2);
        var second = await _tiles.CommitAsync(manifest, first.Found!.ETag, Cancel);
        Assert.Equal(CommitOutcome.Committed, second.Outcome);
        Assert.Equal(calls, string.Join(',', _faulty.Calls));
        var found = (await _tiles.FindManifestAsync("t", Cancel)).Stored;
        Assert.Equal((manifest.CommitId, found!.ETag), (found.Manifest.CommitId, second.Found!.ETag));
        Assert.Equal(CommitOutcome.Committed, (await _tiles.CommitAsync(Manifest(3), second.Found.ETag, Cancel)).Outcome);
    }

    [Fact]
    public async Task A_commit_that_another_writer_has_built_upon_before_we_look_counts_as_lost()
    {
        var first = await _tiles.CommitAsync(Manifest(1), null, Cancel);
        _faulty.Plan.Enqueue(Fault.AnswerLost);
        _faulty.Meanwhile = async () =>
        {
            var other = new TileStore(_memory, "sky");
            var seen = (await other.FindManifestAsync("t", Cancel)).Stored;
            await other.CommitAsync(Manifest(3), seen!.ETag, Cancel);
        };
        var second = await _tiles.CommitAsync(Manifest(2), first.Found!.ETag, Cancel);
        Assert.Equal((CommitOutcome.LostRace, 3), (second.Outcome, second.Found!.Manifest.Revision));
    }

    [Theory]
    [InlineData(Fault.Lost, Fault.Lost)]
    [InlineData(Fault.Lost, Fault.None, Fault.Lost)]
    public async Task A_commit_that_cannot_be_found_out_is_an_error_that_may_be_tried_again(params Fault[] faults)
    {
        var first = await _tiles.CommitAsync(Manifest(1), null, Cancel);
        foreach (var fault in faults) _faulty.Plan.Enqueue(fault);
        var manifest = Manifest(2);
        var e = await Assert.ThrowsAsync<StorageException>(() => _tiles.CommitAsync(manifest, first.Found!.ETag, Cancel));
        Assert.True(e.IsRetryable);
        Assert.Equal(1, (await _tiles.FindManifestAsync("t", Cancel)).Stored!.Manifest.Revision);
        Assert.Equal(CommitOutcome.Committed, (await _tiles.CommitAsync(manifest, first.Found!.ETag, Cancel)).Outcome);
    }

    [Theory]
    [InlineData("", "a tile manifest")]
    [InlineData("null", "a tile manifest")]
    [InlineData("{\"schema\":1,\"tile\":\"t\"}", "a tile manifest")]
    [InlineData(
        "{\"schema\":1,\"tile\":\"t\",\"revision\":1,\"commitId\":null,\"committedAt\":\"2001-01-01T00:00:00Z\"}", "a tile manifest")]
    [InlineData("{\"schema\":3,\"tile\":\"t\",\"revision\":1,\"commitId\":\"c\",\"committedAt\":\"2001-01-01T00:00:00Z\"}",
        "a tile manifest with its checksum")]
    [InlineData(
        "{\"schema\":0,\"tile\":\"t\",\"revision\":1,\"commitId\":\"c\",\"committedAt\":\"2001-01-01T00:00:00Z\"}", "schema 1 to 3")]
    [InlineData("{\"schema\":1,\"tile\":\"u\",\"revision\":1,\"commitId\":\"c\",\"committedAt\":\"2001-01-01T00:00:00Z\"}", "tile t")]
    public async Task What_is_no_manifest_of_the_tile_is_reported_as_damaged(string json, string expected)
    {
        await _memory.WriteAsync("surveys/sky/tiles/t/manifest.json", Encoding.UTF8.GetBytes(json), WriteCondition.Always, Cancel);
        var e = await Assert.ThrowsAsync<StorageException>(async () => _ = (await _tiles.FindManifestAsync("t", Cancel)).Stored);
        Assert.Equal((StorageError.Damaged, "surveys/sky/tiles/t/manifest.json", false), (e.Error, e.Blob, e.IsRetryable));
        Assert.Contains($"expected {expected}, found", e.Message);
    }

    [Fact]
    public async Task A_manifest_of_the_first_schema_is_read_and_one_of_this_comes_back_as_it_was()
    {
        await _memory.WriteAsync("surveys/sky/tiles/t/manifest.json", """
            { "schema": 1, "tile": "t", "revision": 3, "commitId": "c", "checkpoint": "x", "tail": [ { "observation": "a", "eTag": "1" } ],
                "observations": 5, "committedAt": "2001-01-01T00:00:00Z" }
            """u8.ToArray(), WriteCondition.Always, Cancel);
        var old = (await _tiles.FindManifestAsync("t", Cancel)).Stored!;
        Assert.Equal(
            (3L, "x", 5, 0), (old.Manifest.Revision, old.Manifest.Checkpoint, old.Manifest.Observations, old.Manifest.Fences.Count));
        Assert.Equal(new LedgerEntry("a", "1"), Assert.Single(old.Manifest.Tail));
        var next = Manifest(
            4) with
        { Tail = [new LedgerEntry("a", "1", "hash", 7, 99)], Fences = [new LedgerFence("b", 8, DateTimeOffset.UnixEpoch)] };
        await _tiles.CommitAsync(next, old.ETag, Cancel);
        var read = (await _tiles.FindManifestAsync("t", Cancel)).Stored!.Manifest;
        Assert.Equal((next.Tail[0], next.Fences[0], 3), (read.Tail[0], read.Fences[0], read.Schema));
    }

    [Fact]
    public async Task A_manifest_with_any_of_its_bits_flipped_or_cut_anywhere_is_damaged_and_can_be_replaced()
    {
        const string Name = "surveys/sky/tiles/t/manifest.json";
        await _tiles.CommitAsync(Manifest(12) with { Fences = [new LedgerFence("b", 8, DateTimeOffset.UnixEpoch)] }, null, Cancel);
        var whole = (await _memory.ReadAsync(Name, Cancel))!.Bytes.ToArray();
        for (var at = 0; at < whole.Length; at++)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= (byte)(1 << at % 8);
            foreach (var bytes in new[] { flipped, whole[..at] })
            {
                await _memory.WriteAsync(Name, bytes, WriteCondition.Always, Cancel);
                var found = await _tiles.FindManifestAsync("t", Cancel);
                Assert.Equal((StorageError.Damaged, null), (found.Damage?.Error, found.Manifest));
            }
        }

        var damaged = await _tiles.FindManifestAsync("t", Cancel);
        Assert.Equal(CommitOutcome.Committed, (await _tiles.CommitAsync(Manifest(20), damaged.ETag, Cancel)).Outcome);
        Assert.Equal(20, (await _tiles.FindManifestAsync("t", Cancel)).Stored!.Manifest.Revision);
    }

    [Fact]
    public async Task A_manifest_of_a_later_version_is_no_damage()
    {
        await _memory.WriteAsync("surveys/sky/tiles/t/manifest.json", """{"schema":4,"tile":"t","revision":1,"commitId":"c","committedAt":"2001-01-01T00:00:00Z"}"""u8.ToArray(), WriteCondition.Always, Cancel);
        var e = await Assert.ThrowsAsync<StorageException>(() => _tiles.FindManifestAsync("t", Cancel));
        Assert.Equal((StorageError.LaterVersion, false), (e.Error, e.IsRetryable));
        Assert.Contains("schema 1 to 3, found schema 4", e.Message);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("")]
    public async Task Tiles_maps_and_surveys_are_named_by_one_segment(string name)
    {
        Assert.Throws<StorageException>(() => new TileStore(_memory, name));
        await Assert.ThrowsAsync<StorageException>(() => _tiles.FindManifestAsync(name, Cancel));
        Assert.Throws<StorageException>(() => new SurveyLayout("sky").Maps("t", name, null));
        await Assert.ThrowsAsync<StorageException>(() => _tiles.WriteCheckpointAsync("t", 1, name, new MemoryStream(), Cancel));
    }

    private static TileManifest Manifest(long revision) => new()
    {
        Tile = "t",
        Revision = revision,
        CommitId = TileStore.NewCommitId(),
        Tail = [new LedgerEntry($"run{revision}.fits", $"e{revision}")],
        Observations = 1,
        CommittedAt = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero),
    };
}
