using System.Text;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tests;

/// <summary>Records of earlier versions of this program, damaged ones, and those of a later version.</summary>
[Trait("Pace", "slow")]
public sealed class ObservationRecordTests : IAsyncLifetime
{
    private const string Survey = "little";
    private const string Record = "surveys/little/observations/one.fits.json";
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, MapDataset> _there = new() { ["one.fits"] = LittleSurvey.Observation(1, LittleSurvey.Everywhere) };
    private IBlobStore _store = null!;
    private SurveyHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _store = BlobStores.Open(_folder.Path);
        await StartAsync();
        await _host.DefineAsync(Survey);
        await _store.PutAsync("observations/one.fits", _there["one.fits"]);
        await _host.SettledAsync(Survey, 1);
        await _host.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_stacked_observation_of_the_first_schema_is_stacked_and_can_be_retracted()
    {
        await MakeOldAsync("stacked", seenETag: null);
        await StartAsync();
        await _host.SettledAsync(Survey, 1);
        Assert.Equal(1, (await _host.StatesAsync(Survey))[ObservationState.Stacked]);
        await Expected.InTilesAsync(_host, _store, Survey, _there);
        await _host.RetractedAsync(Survey, "one.fits");
        await Expected.InTilesAsync(_host, _store, Survey, new Dictionary<string, MapDataset>());
        Assert.Contains("\"schema\": 3", await ReadAsync(Record), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_the_first_schema_left_changed_gets_its_new_version()
    {
        await MakeOldAsync("changed", seenETag: "another");
        await _store.PutAsync("observations/one.fits", _there["one.fits"] = LittleSurvey.Observation(2, LittleSurvey.Everywhere));
        await StartAsync();
        await _host.SettledAsync(Survey, 1);
        Assert.Equal(1, (await _host.StatesAsync(Survey))[ObservationState.Stacked]);
        await Expected.InTilesAsync(_host, _store, Survey, _there);
    }

    [Fact]
    public async Task One_that_a_tile_of_the_first_schema_refused_after_others_had_it_leaves_them()
    {
        await MakeOldAsync("quarantined", seenETag: null);
        await StartAsync();
        await _host.SettledAsync(Survey, 1);
        Assert.Equal(1, (await _host.StatesAsync(Survey))[ObservationState.Quarantined]);
        await Expected.InTilesAsync(_host, _store, Survey, new Dictionary<string, MapDataset>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{ \"schema\": 2, \"name\": \"one.fits\" ")]
    [InlineData(
        "{ \"schema\": 2, \"name\": \"other.fits\", \"eTag\": \"x\", \"seenETag\": \"x\", \"state\": \"Stacked\", \"receivedAt\": "
        + "\"2001-01-01T00:00:00Z\", \"changedAt\": \"2001-01-01T00:00:00Z\" }")]
    public async Task A_damaged_record_is_made_anew_from_what_the_tiles_hold(string damage)
    {
        await WriteAsync(Record, damage);
        await StartAsync();
        await _host.SettledAsync(Survey, 1);
        var status = await _host.Grains.Observation(Survey, "one.fits").GetStatus(CancellationToken.None);
        Assert.Equal((ObservationState.Stacked, 6), (status.State, status.Tiles.Length));
        Assert.Contains(status.History, step => step.Reason?.Contains("its record was damaged", StringComparison.Ordinal) == true);
        await Expected.InTilesAsync(_host, _store, Survey, _there);
        await _host.RetractedAsync(Survey, "one.fits");
        await Expected.InTilesAsync(_host, _store, Survey, new Dictionary<string, MapDataset>());
    }

    [Fact]
    public async Task A_damaged_record_of_what_no_tile_holds_is_quarantined_until_somebody_says_what_to_do()
    {
        await StartAsync();
        await _host.RetractedAsync(Survey, "one.fits");
        await _host.DisposeAsync();
        await WriteAsync(Record, "damaged");
        await StartAsync();
        await _host.SettledAsync(Survey, 1);
        var entry = Assert.Single(
            (await _host.Grains.Survey(Survey).Observations(ObservationState.Quarantined, null, 10, CancellationToken.None)).Items);
        Assert.Contains("its record was damaged", entry.Reason, StringComparison.Ordinal);
        for (var i = 0; i < 3; i++) await _host.Grains.Intake(Survey).Reconcile(CancellationToken.None);
        await Expected.InTilesAsync(_host, _store, Survey, new Dictionary<string, MapDataset>());
        await _host.Grains.Observation(Survey, "one.fits").Retry(CancellationToken.None);
        await _host.SettledAsync(Survey, 1);
        await Expected.InTilesAsync(_host, _store, Survey, _there);
    }

    [Fact]
    public async Task A_record_of_a_later_version_of_this_program_is_left_alone()
    {
        var later = (await ReadAsync(Record))[..^47].Replace("\"schema\": 3", "\"schema\": 99", StringComparison.Ordinal) + "}";
        await WriteAsync(Record, later);
        await StartAsync();
        await Until.TrueAsync(async () => (await _host.Grains.Survey(Survey)
            .Observations(null, null, 10, CancellationToken.None)).Items is [{ State: ObservationState.Received, Reason: { } reason }]
            && reason.Contains("schema 99", StringComparison.Ordinal));
        Assert.Equal(later, await ReadAsync(Record));
    }

    [Fact]
    public async Task Manifests_and_ledgers_of_the_first_schema_are_read()
    {
        // As the first schema had them: no hashes, no generations, a bare list beside the checkpoint.
        await MakeOldAsync("stacked", seenETag: null);
        var eTag = (await _store.FindAsync("observations/one.fits", CancellationToken.None))!.ETag;
        foreach (var manifest in Directory.GetFiles(_folder.Path, "manifest.json", SearchOption.AllDirectories))
        {
            var tile = Path.GetFileName(Path.GetDirectoryName(manifest))!;
            await WriteAsync($"surveys/little/tiles/{tile}/manifest.json", $$"""
                { "schema": 1, "tile": "{{tile}}", "revision": 7, "commitId": "c", "tail": [
                    { "observation": "one.fits", "eTag": "{{eTag}}" } ], "observations": 1, "committedAt": "2001-01-01T00:00:00Z" }
                """);
        }

        Assert.Equal([new LedgerEntry("a", "1"), new LedgerEntry("b", "2")], TileLedger.Parse("""[{"observation":"a","eTag":"1"},{"observation":"b","eTag":"2"}]"""u8).Entries);
        var ledger = TileLedger.Empty.With([new LedgerEntry("a", "1", "hash", 5, 77), new LedgerEntry("b", "2")]);
        using var written = new MemoryStream();
        ledger.Write(written);
        Assert.Equal(ledger.Entries, TileLedger.Parse(written.ToArray()).Entries);
        await StartAsync();
        await _host.SettledAsync(Survey, 1);
        Assert.All(await _host.TilesAsync(Survey), tile => Assert.Equal((7L, 1), (tile.Revision, tile.Observations)));
        await Expected.InTilesAsync(_host, _store, Survey, _there);
        await _host.RetractedAsync(Survey, "one.fits");
        await Expected.InTilesAsync(_host, _store, Survey, new Dictionary<string, MapDataset>());
    }

    private async Task StartAsync() => _host = await SurveyHost.StartAsync(_store);

    private async Task MakeOldAsync(string state, string? seenETag)
    {
        var eTag = (await _store.FindAsync("observations/one.fits", CancellationToken.None))!.ETag;
        await WriteAsync(Record, $$"""
            { "schema": 1, "name": "one.fits", "eTag": "{{eTag}}", "seenETag": "{{seenETag ?? eTag}}",
                "state": "{{char.ToUpperInvariant(state[0]) + state[1..]}}", "reason": null,
              "tiles": [ "x000y000", "x001y000", "x002y000", "x000y001", "x001y001", "x002y001" ], "hasBegun": true,
              "receivedAt": "2001-01-01T00:00:00+00:00", "plannedAt": "2001-01-01T00:00:01+00:00", "stackedAt": null,
              "changedAt": "2001-01-01T00:00:02+00:00" }
            """);
    }

    private async Task<string> ReadAsync(string name) =>
        Encoding.UTF8.GetString((await _store.ReadAsync(name, CancellationToken.None))!.Bytes.Span);

    private Task<WriteResult> WriteAsync(string name, string text) =>
        _store.WriteAsync(name, Encoding.UTF8.GetBytes(text), WriteCondition.Always, CancellationToken.None);
}
