using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tests;

[Trait("Pace", "slow")]
public sealed class RetractTests : IAsyncLifetime
{
    private const string Survey = "little";
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, MapDataset> _there = [];
    private FaultyStore _store = null!;
    private SurveyHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _store = new FaultyStore(BlobStores.Open(_folder.Path));
        _host = await SurveyHost.StartAsync(_store);
        await _host.DefineAsync(Survey);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_retracted_observation_leaves_every_tile_as_if_it_had_never_come(int which)
    {
        await PutSeveralAsync();
        var before = (await _host.TilesAsync(Survey)).ToDictionary(tile => tile.Tile, tile => tile.Revision);
        var name = $"obs-{which + 1}.fits";
        await _host.RetractedAsync(Survey, name);
        var touched = LittleSurvey.Resolved.TilesOf(_there[name]).Select(tile => tile.ToString()).ToHashSet();
        _there.Remove(name);
        await Expected.InTilesAsync(_host, _store, Survey, _there);
        // One commit in each tile that it touched, and none in the others.
        foreach (var tile in await _host.TilesAsync(Survey))
            Assert.Equal(before[tile.Tile] + (touched.Contains(tile.Tile) ? 1 : 0), tile.Revision);
        var status = await Observation(name).GetStatus(CancellationToken.None);
        Assert.Equal([ObservationState.Received, ObservationState.Planned, ObservationState.Stacked, ObservationState.Retracting,
            ObservationState.Retracted], status.History.Select(step => step.State));
        Assert.Equal((true, 0), (status.RetractedAt >= status.History[3].At, status.Tiles.Length));
        Assert.Contains("on request (operation why-", status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_one_leaves_an_empty_tile_and_an_empty_map()
    {
        await PutAsync("one.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await _host.SettledAsync(Survey, 1);
        Assert.Equal(TicketState.Ready, (await _host.FreshMapAsync(Survey, "x001y001")).State);
        await _host.RetractedAsync(Survey, "one.fits");
        await Expected.InTilesAsync(_host, _store, Survey, new Dictionary<string, MapDataset>());
        Assert.Equal(TicketState.Empty, (await _host.FreshMapAsync(Survey, "x001y001")).State);
    }

    [Fact]
    public async Task Retracted_stays_out_until_another_content_comes()
    {
        await PutSeveralAsync();
        await _host.RetractedAsync(Survey, "obs-5.fits");
        var (revision, dataset) = ((await _host.TilesAsync(Survey)).Sum(tile => tile.Revision), _there["obs-5.fits"]);
        _there.Remove("obs-5.fits");
        // Seen again, asked again, touched, and written again as it was.
        for (var i = 0; i < 3; i++) await _host.Grains.Intake(Survey).Reconcile(CancellationToken.None);
        await _host.RetractedAsync(Survey, "obs-5.fits");
        File.SetLastWriteTimeUtc(_folder.File("observations", "obs-5.fits"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        await _host.SettledAsync(Survey, 5);
        await _store.PutAsync("observations/obs-5.fits", dataset);
        await _host.SettledAsync(Survey, 5);
        Assert.Equal(1, (await _host.StatesAsync(Survey))[ObservationState.Retracted]);
        Assert.Equal(revision, (await _host.TilesAsync(Survey)).Sum(tile => tile.Revision));
        await Expected.InTilesAsync(_host, _store, Survey, _there);

        await PutAsync("obs-5.fits", LittleSurvey.Observation(15, LittleSurvey.Everywhere));
        await _host.SettledAsync(Survey, 5);
        Assert.Equal(5, (await _host.StatesAsync(Survey))[ObservationState.Stacked]);
        await Expected.InTilesAsync(_host, _store, Survey, _there);
    }

    [Fact]
    public async Task A_retry_brings_back_what_was_retracted_by_mistake()
    {
        await PutSeveralAsync();
        await _host.RetractedAsync(Survey, "obs-2.fits");
        await Observation("obs-2.fits").Retry(CancellationToken.None);
        await _host.SettledAsync(Survey, 5);
        Assert.Equal(5, (await _host.StatesAsync(Survey))[ObservationState.Stacked]);
        await Expected.InTilesAsync(_host, _store, Survey, _there);
    }

    [Theory]
    [InlineData("observations/late.fits.json", 0)]
    [InlineData("observations/late.fits.json", 1)]
    [InlineData("x000y000/manifest.json", 0)]
    [InlineData("x002y001/manifest.json", 0)]
    public async Task One_that_is_on_its_way_when_it_is_retracted_ends_in_no_tile(string blob, int after)
    {
        await PutSeveralAsync();
        // Held up where it is about to be planned, stacked, or noted as stacked: the word comes right then.
        var held = _store.HoldNextWrite(blob, after);
        await _store.PutAsync("observations/late.fits", LittleSurvey.Observation(9, LittleSurvey.Everywhere));
        await held.Begun;
        var retracting = Observation("late.fits").Retract("early", CancellationToken.None);
        if (!blob.EndsWith(".fits.json", StringComparison.Ordinal)) Assert.Equal(ObservationState.Retracting, (await retracting).State);
        held.Release();
        await retracting;
        await _host.SettledAsync(Survey, 6);
        Assert.Equal(ObservationState.Retracted, (await Observation("late.fits").GetStatus(CancellationToken.None)).State);
        await Expected.InTilesAsync(_host, _store, Survey, _there);
    }

    [Fact]
    public async Task One_that_nobody_has_seen_yet_or_that_is_bad_can_be_retracted()
    {
        await _store.WriteAsync("observations/bad.fits", "no FITS"u8.ToArray(), WriteCondition.Always, CancellationToken.None);
        await _host.SettledAsync(Survey, 1);
        await _host.RetractedAsync(Survey, "bad.fits");
        await _store.PutAsync("observations/new.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await _host.RetractedAsync(Survey, "new.fits");
        await _host.SettledAsync(Survey, 2);
        Assert.Equal(2, (await _host.StatesAsync(Survey))[ObservationState.Retracted]);
        await Expected.InTilesAsync(_host, _store, Survey, _there);
        var unknown =
            await Assert.ThrowsAsync<SurveyServiceException>(() => Observation("never.fits").Retract("x", CancellationToken.None));
        Assert.Equal(ServiceError.UnknownObservation, unknown.Error);
    }

    [Theory]
    [InlineData("x001y000/manifest.json", false)]
    [InlineData("x001y000/manifest.json", true)]
    [InlineData("observations/obs-5.fits.json", false)]
    [InlineData("observations/obs-5.fits.json", true)]
    public async Task A_write_that_fails_or_whose_answer_is_lost_is_made_up_for(string blob, bool onlyTheAnswer)
    {
        await PutSeveralAsync();
        _store.FailWrites(blob, onlyTheAnswer ? Fault.AnswerLost : Fault.Lost);
        await _host.RetractedAsync(Survey, "obs-5.fits");
        Assert.True(_store.IsDone, "the planned fault did not happen");
        _there.Remove("obs-5.fits");
        await Expected.InTilesAsync(_host, _store, Survey, _there);
    }

    [Theory]
    [InlineData("observations/obs-5.fits.json", 1, 1)]
    [InlineData("x000y000/manifest.json", 0, 2)]
    [InlineData("x002y001/manifest.json", 0, 2)]
    public async Task What_was_being_retracted_when_the_silo_ended_is_retracted_by_the_next_even_if_its_blob_is_gone(
        string blob, int after, int times)
    {
        await PutSeveralAsync();
        await _host.DisposeAsync();
        var never = TimeSpan.FromMinutes(10);
        _host = await SurveyHost.StartAsync(
            _store, options: SurveyHost.Quick with { RetryDelay = never, MaxRetryDelay = never, ReconcileEvery = never });
        await _host.Grains.Intake(Survey).Reconcile(CancellationToken.None);
        _store.FailWrites(blob, Fault.Lost, after, times);
        await Observation("obs-5.fits").Retract("cut short", CancellationToken.None);
        await Until.TrueAsync(
            async () => _store.IsDone && (await _host.Grains.Intake(Survey).GetReport(CancellationToken.None)).InFlight == 0);
        Assert.Equal(ObservationState.Retracting, (await Observation("obs-5.fits").GetStatus(CancellationToken.None)).State);
        await _host.DisposeAsync();
        File.Delete(_folder.File("observations", "obs-5.fits"));
        _host = await SurveyHost.StartAsync(_store);
        await Until.TrueAsync(async () => await new ObservationRecords(_store, Survey)
            .ReadAsync("obs-5.fits", default, CancellationToken.None) is { Record.State: RecordState.Retracted });
        _there.Remove("obs-5.fits");
        await Expected.InTilesAsync(_host, _store, Survey, _there);
    }

    [Fact]
    public async Task A_tile_does_not_lose_another_observation_whose_blob_is_gone_but_waits_and_says_for_what()
    {
        await PutSeveralAsync();
        File.Delete(_folder.File("observations", "obs-1.fits"));
        await _host.DisposeAsync();
        _host = await SurveyHost.StartAsync(_store);
        // The first one is in checkpoints, as the second is, which cannot leave them without reading the first again.
        await Observation("obs-2.fits").Retract("blocked", CancellationToken.None);
        await Until.TrueAsync(async () => (await Observation("obs-2.fits").GetStatus(
            CancellationToken.None)) is { State: ObservationState.Retracting, Reason: { } reason }
            && reason.Contains("without the added version of obs-1.fits", StringComparison.Ordinal));
        Assert.Contains("obs-1.fits",
            (await _host.Grains.Tile(Survey, "x001y000").Ledger(null, 10, CancellationToken.None)).Items.Select(entry => entry.Name));
        await _store.PutAsync("observations/obs-1.fits", _there["obs-1.fits"]);
        await _host.SettledAsync(Survey, 5);
        _there.Remove("obs-2.fits");
        Assert.Equal((4, 1),
            ((await _host.StatesAsync(Survey))[ObservationState.Stacked], (await _host.StatesAsync(Survey))[ObservationState.Retracted]));
        await Expected.InTilesAsync(_host, _store, Survey, _there);
        // Why it was retracted stays; what it had to wait for is over.
        var status = await Observation("obs-2.fits").GetStatus(CancellationToken.None);
        Assert.Contains("retracted on request (operation blocked)", status.Reason, StringComparison.Ordinal);
        Assert.Equal(status.Reason, status.History[^1].Reason);
    }

    [Fact]
    public async Task Two_whose_blobs_are_gone_can_leave_together_though_neither_can_alone()
    {
        await PutSeveralAsync();
        foreach (var name in new[] { "obs-1.fits", "obs-2.fits" }) File.Delete(_folder.File("observations", name));
        await _host.DisposeAsync();
        _host = await SurveyHost.StartAsync(_store);
        await _host.RetractedAsync(Survey, "obs-1.fits", "obs-2.fits");
        _there.Remove("obs-1.fits");
        _there.Remove("obs-2.fits");
        await Expected.InTilesAsync(_host, _store, Survey, _there);
    }

    [Fact]
    public async Task Only_the_ledgers_of_the_touched_tiles_are_read_again_and_of_a_tail_only_the_tail()
    {
        await PutSeveralAsync();
        await _host.DisposeAsync();
        _host = await SurveyHost.StartAsync(_store);
        await _host.SettledAsync(Survey, 5);
        _store.Opened.Clear();
        // It touches the tiles on the right alone; obs-3 is on the left and is in no ledger with it.
        await _host.RetractedAsync(Survey, "obs-4.fits");
        Assert.DoesNotContain("observations/obs-3.fits", _store.Opened.Keys);
        Assert.DoesNotContain("observations/obs-4.fits", _store.Opened.Keys);
        Assert.All(_store.Opened, item => Assert.True(item.Value == 1
            || !item.Key.StartsWith("observations/", StringComparison.Ordinal), $"{item.Key} was read {item.Value} times"));
    }

    private IObservationGrain Observation(string name) => _host.Grains.Observation(Survey, name);

    private async Task PutAsync(string name, MapDataset dataset)
    {
        await _store.PutAsync($"observations/{name}", dataset);
        _there[name] = dataset;
    }

    /// <summary>Five, one after the other: some tiles end with a checkpoint and a tail, some with a tail alone.</summary>
    private async Task PutSeveralAsync()
    {
        foreach (var (observation, i) in LittleSurvey.Several().Select((observation, i) => (observation, i)))
        {
            await PutAsync($"{observation.Name}.fits", observation);
            await _host.SettledAsync(Survey, i + 1);
        }
    }
}
