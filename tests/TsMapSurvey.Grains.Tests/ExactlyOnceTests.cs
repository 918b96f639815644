using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

public sealed class ExactlyOnceTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private FaultyStore _store = null!;
    private SurveyHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _store = new FaultyStore(BlobStores.Open(_folder.Path));
        _host = await SurveyHost.StartAsync(_store);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Repeated_and_simultaneous_arrivals_stack_an_observation_once()
    {
        await _host.DefineAsync("repeat");
        var observation = LittleSurvey.Observation(1, LittleSurvey.Everywhere);
        await _store.PutAsync("observations/one.fits", observation);
        var entry = (await _store.FindAsync("observations/one.fits", CancellationToken.None))!;
        var reference = new ObservationRef("one.fits", entry.ETag);
        var arrivals = Enumerable.Range(0, 5)
            .Select(_ => _host.Grains.Observation("repeat", "one.fits").Arrive(reference, CancellationToken.None));
        var additions = Enumerable.Range(0, 5).Select(_ => _host.Grains.Tile("repeat", "x001y000").Add(reference, CancellationToken.None));
        await Task.WhenAll(additions.Select(addition => (Task)addition).Concat(arrivals));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _host.Grains.Intake("repeat").Reconcile(CancellationToken.None)));
        Assert.True(await _host.Grains.Intake("repeat").Notify("observations/one.fits", CancellationToken.None));
        await _host.SettledAsync("repeat", 1);
        foreach (var tile in LittleSurvey.Resolved.Tiling.All())
        {
            var summary = await _host.Grains.Tile("repeat", tile.ToString()).GetSummary(CancellationToken.None);
            Assert.Equal(1, summary.Observations);
            // The tile that was told by somebody else too may have had to take note that the observation's own word is the later one.
            Assert.InRange(summary.Revision, 1, tile.ToString() == "x001y000" ? 2 : 1);
            var stack = await StackAsync("repeat", tile);
            Assert.Equal(LittleSurvey.Offline(tile, [observation]).Counts!.Data, stack.Counts!.Data);
        }

        var again = await _host.Grains.Tile("repeat", "x001y000").Add(reference, CancellationToken.None);
        Assert.Equal(TileChangeOutcome.Superseded, again.Outcome);
    }

    [Fact]
    public async Task Observations_that_wait_together_are_committed_together()
    {
        await _host.DefineAsync("group", "group/");
        var references = new List<ObservationRef>();
        for (var i = 0; i < 6; i++)
        {
            // By this name the intake does not see them.
            await _store.PutAsync($"group/{i}.bin", LittleSurvey.Observation(i, LittleSurvey.Everywhere));
            references.Add(new ObservationRef($"{i}.bin", (await _store.FindAsync($"group/{i}.bin", CancellationToken.None))!.ETag));
        }

        var (tile, commit) = (_host.Grains.Tile("group", "x000y001"), _store.HoldNextWrite("x000y001/manifest.json"));
        var first = tile.Add(references[0], CancellationToken.None);
        await commit.Begun;
        var others = references.Skip(1).Select(reference => tile.Add(reference, CancellationToken.None)).ToArray();
        await ArrivedAsync(tile);
        commit.Release();
        Assert.Equal((TileChangeOutcome.Done, 1L), ((await first).Outcome, (await first).Revision));
        Assert.All(await Task.WhenAll(others), result => Assert.Equal((TileChangeOutcome.Done, 2L), (result.Outcome, result.Revision)));
        Assert.Equal(
            references, (await tile.Ledger(null, 100, CancellationToken.None)).Items.OrderBy(entry => entry.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_batch_on_which_our_code_fails_is_added_one_by_one()
    {
        await _host.DefineAsync("defect", "defect/");
        var references = new List<ObservationRef>();
        for (var i = 0; i < 3; i++)
        {
            await _store.PutAsync($"defect/{i}.bin", LittleSurvey.Observation(i, LittleSurvey.Everywhere));
            references.Add(new ObservationRef($"{i}.bin", (await _store.FindAsync($"defect/{i}.bin", CancellationToken.None))!.ETag));
        }

        var (tile, commit) = (_host.Grains.Tile("defect", "x000y001"), _store.HoldNextWrite("x000y001/manifest.json"));
        var first = tile.Add(references[0], CancellationToken.None);
        await commit.Begun;
        var others = references.Skip(1).Select(reference => tile.Add(reference, CancellationToken.None)).ToArray();
        await ArrivedAsync(tile);
        _store.FailWrites("x000y001/manifest.json", Fault.Defect, after: 1);
        commit.Release();
        await first;
        Assert.Equal([2L, 3L], (await Task.WhenAll(others)).Select(result => result.Revision).Order());
        Assert.True(_store.IsDone, "the planned fault did not happen");
        Assert.Equal(
            references, (await tile.Ledger(null, 100, CancellationToken.None)).Items.OrderBy(entry => entry.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Any_order_gives_the_same_stack_to_rounding()
    {
        var observations = LittleSurvey.Several();
        await _host.DefineAsync("forth", "forth/");
        await _host.DefineAsync("back", "back/");
        for (var i = 0; i < observations.Length; i++)
        {
            await _store.PutAsync($"forth/{observations[i].Name}.fits", observations[i]);
            await _store.PutAsync($"back/{observations[^(i + 1)].Name}.fits", observations[^(i + 1)]);
            await _host.SettledAsync("forth", i + 1);
            await _host.SettledAsync("back", i + 1);
        }

        foreach (var tile in LittleSurvey.Resolved.Tiling.All())
        {
            var (forth, back) = (await StackAsync("forth", tile), await StackAsync("back", tile));
            Assert.Equal(forth.Counts!.Data, back.Counts!.Data);
            Assert.Equal(forth.MaskSafe!.Data, back.MaskSafe!.Data);
            AssertRounding(forth.Background!.Data, back.Background!.Data);
            AssertRounding(forth.Exposure!.Data, back.Exposure!.Data);
            AssertRounding(forth.Psf!.Density.Data, back.Psf!.Density.Data);
            Assert.Equal(forth.Gti!.TotalS, back.Gti!.TotalS);
        }
    }

    [Fact]
    public async Task A_tile_that_another_writer_has_overtaken_gives_up_and_its_successor_goes_on_from_there()
    {
        await _host.DefineAsync("race", "race/");
        var observations = Enumerable.Range(1, 3).Select(seed => LittleSurvey.Observation(seed, LittleSurvey.Everywhere)).ToArray();
        await _store.PutAsync("race/1.fits", observations[0]);
        await _host.SettledAsync("race", 1);
        // A silo that this one does not know of has the tile too, for a while.
        await _store.PutAsync("race/2.bin", observations[1]);
        var setup = await _host.Service<SurveyCatalog>().GetAsync("race", CancellationToken.None);
        var other = new TileStack(setup, GridTiling.IdOf(1, 0), _host.Service<ObservationReader>(), _host.Service<StackMemory>(),
            SurveyHost.Quick, TimeProvider.System);
        var eTag = (await _store.FindAsync("race/2.bin", CancellationToken.None))!.ETag;
        var added = Assert.Single(await other.AddAsync([new ObservationRef("2.bin", eTag)], CancellationToken.None));
        Assert.Equal((TileChangeOutcome.Done, 2L), (added.Result!.Outcome, added.Result.Revision));

        await _store.PutAsync("race/3.fits", observations[2]);
        await _host.SettledAsync("race", 2);
        Assert.Equal(2, (await _host.StatesAsync("race"))[ObservationState.Stacked]);
        var ledger = await _host.Grains.Tile("race", "x001y000").Ledger(null, 10, CancellationToken.None);
        Assert.Equal(["1.fits", "2.bin", "3.fits"], ledger.Items.Select(entry => entry.Name));
        Assert.Equal(LittleSurvey.Offline(GridTiling.IdOf(1, 0), observations).Counts!.Data,
            (await StackAsync("race", GridTiling.IdOf(1, 0))).Counts!.Data);
        Assert.Equal(LittleSurvey.Offline(GridTiling.IdOf(0, 0), [observations[0], observations[2]]).Counts!.Data,
            (await StackAsync("race", GridTiling.IdOf(0, 0))).Counts!.Data);
    }

    /// <summary>
    /// Messages may overtake each other, but not twenty answers: what was sent before waits at the tile, whose first commit is held up.
    /// </summary>
    private static async Task ArrivedAsync(ITileGrain tile)
    {
        for (var i = 0; i < 20; i++) Assert.Equal(0, (await tile.GetSummary(CancellationToken.None)).Revision);
    }

    private async Task<Maps.Datasets.MapDataset> StackAsync(string survey, TileId tile) =>
        await _store.ReadDatasetAsync((await _host.Grains.Tile(survey, tile.ToString()).RequestStack(CancellationToken.None)).Blob!);

    private static void AssertRounding(double[] expected, double[] found)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-12 * Math.Abs(expected[i]));
    }
}
