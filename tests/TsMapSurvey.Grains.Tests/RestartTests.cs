using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tests;

[Trait("Pace", "slow")]
public sealed class RestartTests : IDisposable
{
    private const string Survey = "little";
    private readonly TemporaryFolder _folder = new();
    private readonly FaultyStore _store;

    public RestartTests() => _store = new FaultyStore(BlobStores.Open(_folder.Path));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_silo_has_the_same_bits_and_adds_nothing_twice()
    {
        var observations = LittleSurvey.Several();
        Dictionary<string, MapDataset> before;
        await using (var host = await SurveyHost.StartAsync(_store))
        {
            await host.DefineAsync(Survey);
            // One after the other: some tiles end with a checkpoint and a tail, some with a tail alone.
            for (var i = 0; i < observations.Length; i++)
            {
                await _store.PutAsync($"observations/{observations[i].Name}.fits", observations[i]);
                await host.SettledAsync(Survey, i + 1);
            }

            before = await StacksAsync(host);
        }

        // The published copies must not be what is compared.
        foreach (var blob in Directory.EnumerateFiles(_folder.Path, "*.fits.gz", SearchOption.AllDirectories)
            .Where(path => path.Contains("stacks", StringComparison.Ordinal)).ToArray())
            File.Delete(blob);
        await using var again = await SurveyHost.StartAsync(_store);
        await again.SettledAsync(Survey, observations.Length);
        Assert.Equal(observations.Length, (await again.StatesAsync(Survey))[ObservationState.Stacked]);
        foreach (var (tile, stack) in await StacksAsync(again))
        {
            Assert.Equal(before[tile].Counts!.Data, stack.Counts!.Data);
            Assert.Equal(before[tile].Background!.Data, stack.Background!.Data);
            Assert.Equal(before[tile].Exposure!.Data, stack.Exposure!.Data);
            Assert.Equal(before[tile].Psf!.Density.Data, stack.Psf!.Density.Data);
            Assert.Equal(before[tile].Edisp!.Data.Data, stack.Edisp!.Data.Data);
            Assert.Equal(before[tile].Psf!.Exposure!.Data, stack.Psf!.Exposure!.Data);
        }
    }

    [Fact]
    public async Task A_new_silo_serves_the_published_maps_without_computing_them_again()
    {
        MapTicket before;
        await using (var host = await SurveyHost.StartAsync(_store))
        {
            await host.DefineAsync(Survey);
            await _store.PutAsync("observations/one.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
            await host.SettledAsync(Survey, 1);
            before = await host.FreshMapAsync(Survey, "x001y001");
        }

        await using var again = await SurveyHost.StartAsync(_store);
        var after = await again.Grains.Tile(Survey, "x001y001")
            .RequestMap(new MapRequest("point", true, TimeSpan.Zero), CancellationToken.None);
        Assert.Equal(before, after);
        var summary = Assert.Single(await again.TilesAsync(Survey), tile => tile.Tile == "x001y001");
        Assert.Equal(before.ComputedAt, Assert.Single(summary.Maps).ComputedAt);
    }

    [Theory]
    [InlineData("x001y000/manifest.json", false)]
    [InlineData("x001y000/manifest.json", true)]
    [InlineData("observations/one.fits.json", false)]
    [InlineData("observations/one.fits.json", true)]
    [InlineData("template.fits.gz", false)]
    [InlineData("template.fits.gz", true)]
    public async Task A_write_that_fails_or_whose_answer_is_lost_is_made_up_for(string blob, bool onlyTheAnswer)
    {
        await using var host = await SurveyHost.StartAsync(_store);
        await host.DefineAsync(Survey);
        _store.FailWrites(blob, onlyTheAnswer ? Fault.AnswerLost : Fault.Lost);
        var observation = LittleSurvey.Observation(1, LittleSurvey.Everywhere);
        await _store.PutAsync("observations/one.fits", observation);
        await host.SettledAsync(Survey, 1);
        Assert.True(_store.IsDone, "the planned fault did not happen");
        Assert.Equal(1, (await host.StatesAsync(Survey))[ObservationState.Stacked]);
        await AssertOnceAsync(host, [observation]);
    }

    [Theory]
    [InlineData(".ckpt", false)]
    [InlineData(".ckpt", true)]
    [InlineData(".ledger.json", false)]
    [InlineData(".ledger.json", true)]
    public async Task A_checkpoint_that_fails_is_made_up_for(string ending, bool onlyTheAnswer)
    {
        await using var host = await SurveyHost.StartAsync(_store);
        await host.DefineAsync(Survey);
        _store.FailWrites(ending, onlyTheAnswer ? Fault.AnswerLost : Fault.Lost);
        var observations = LittleSurvey.Several();
        foreach (var observation in observations) await _store.PutAsync($"observations/{observation.Name}.fits", observation);
        await host.SettledAsync(Survey, observations.Length);
        Assert.True(_store.IsDone, "the planned fault did not happen");
        await AssertOnceAsync(host, observations);
    }

    [Fact]
    public async Task A_checkpoint_that_was_damaged_is_replaced_from_the_whole_ledger()
    {
        var observations = LittleSurvey.Several();
        await using (var host = await SurveyHost.StartAsync(_store))
        {
            await host.DefineAsync(Survey);
            foreach (var observation in observations) await _store.PutAsync($"observations/{observation.Name}.fits", observation);
            await host.SettledAsync(Survey, observations.Length);
        }

        var checkpoints = Directory.GetFiles(_folder.Path, "*.ckpt", SearchOption.AllDirectories);
        Assert.NotEmpty(checkpoints);
        foreach (var file in checkpoints) await File.WriteAllTextAsync(file, "no FITS");
        await using var again = await SurveyHost.StartAsync(_store);
        await AssertOnceAsync(again, observations);
    }

    [Theory]
    [InlineData("observations/one.fits.json", 1, 1)]
    [InlineData("x000y000/manifest.json", 0, 2)]
    [InlineData("x001y001/manifest.json", 0, 2)]
    public async Task An_observation_that_was_under_way_when_the_silo_ended_is_finished_by_the_next_without_being_asked(
        string blob, int after, int times)
    {
        var observation = LittleSurvey.Observation(1, LittleSurvey.Everywhere);
        var never = TimeSpan.FromMinutes(10);
        await using (var host = await SurveyHost.StartAsync(
            _store, options: SurveyHost.Quick with { RetryDelay = never, MaxRetryDelay = never, ReconcileEvery = never }))
        {
            await host.DefineAsync(Survey);
            _store.FailWrites(blob, Fault.Lost, after, times);
            await _store.PutAsync("observations/one.fits", observation);
            await host.Grains.Intake(Survey).Notify("observations/one.fits", CancellationToken.None);
            await Until.TrueAsync(() => Task.FromResult(_store.IsDone));
            await Until.TrueAsync(async () => (await host.Grains.Intake(Survey).GetReport(CancellationToken.None)).InFlight == 0);
            Assert.Equal(
                ObservationState.Planned, (await host.Grains.Observation(Survey, "one.fits").GetStatus(CancellationToken.None)).State);
        }

        await using var again = await SurveyHost.StartAsync(_store);
        await Until.TrueAsync(async () => await new ObservationRecords(_store, Survey)
            .ReadAsync("one.fits", TimeProvider.System.GetUtcNow(), CancellationToken.None) is { Record.State: RecordState.Stacked });
        await AssertOnceAsync(again, [observation]);
    }

    [Fact]
    public async Task Two_silos_share_the_work_and_still_stack_everything_once()
    {
        await using var host = await SurveyHost.StartAsync(_store, silos: 2);
        await host.DefineAsync(Survey);
        var observations = LittleSurvey.Several();
        foreach (var observation in observations) await _store.PutAsync($"observations/{observation.Name}.fits", observation);
        await host.SettledAsync(Survey, observations.Length);
        Assert.Equal(observations.Length, (await host.StatesAsync(Survey))[ObservationState.Stacked]);
        await AssertOnceAsync(host, observations);
    }

    private async Task AssertOnceAsync(SurveyHost host, MapDataset[] observations)
    {
        foreach (var (tile, stack) in await StacksAsync(host))
            Assert.Equal(LittleSurvey.Offline(new TileId(tile), observations).Counts!.Data, stack.Counts!.Data);
    }

    private async Task<Dictionary<string, MapDataset>> StacksAsync(SurveyHost host)
    {
        var stacks = new Dictionary<string, MapDataset>();
        foreach (var tile in LittleSurvey.Resolved.Tiling.All().Select(tile => tile.ToString()))
            stacks[tile] = await _store.ReadDatasetAsync((await host.Grains.Tile(Survey, tile).RequestStack(CancellationToken.None)).Blob!);
        return stacks;
    }
}
