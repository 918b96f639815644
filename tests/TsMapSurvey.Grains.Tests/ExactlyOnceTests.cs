using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains.Tests;

public sealed class ExactlyOnceTests : SiloTests
{
    [Fact]
    public async Task Repeated_and_simultaneous_arrivals_stack_an_observation_once()
    {
        await Host.DefineAsync("repeat");
        var observation = LittleSurvey.Observation(1, LittleSurvey.Everywhere);
        await Store.PutAsync("observations/one.fits", observation);
        var entry = (await Store.FindAsync("observations/one.fits", CancellationToken.None))!;
        var reference = new ObservationRef("one.fits", entry.ETag);
        var arrivals = Enumerable.Range(0, 5)
            .Select(_ => Host.Grains.Observation("repeat", "one.fits").Arrive(reference, CancellationToken.None));
        var additions = Enumerable.Range(0, 5).Select(_ => Host.Grains.Tile("repeat", "x001y000").Add(reference, CancellationToken.None));
        await Task.WhenAll(additions.Select(addition => (Task)addition).Concat(arrivals));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Host.Grains.Intake("repeat").Reconcile(CancellationToken.None)));
        Assert.True(await Host.Grains.Intake("repeat").Notify("observations/one.fits", CancellationToken.None));
        await Host.SettledAsync("repeat", 1);
        foreach (var tile in LittleSurvey.Resolved.Tiling.All())
        {
            var summary = await Host.Grains.Tile("repeat", tile.ToString()).GetSummary(CancellationToken.None);
            Assert.Equal(1, summary.Observations);
            // The tile that was told by somebody else too may have had to take note that the observation's own word is the later one.
            Assert.InRange(summary.Revision, 1, tile.ToString() == "x001y000" ? 2 : 1);
            var stack = await StackAsync("repeat", tile);
            Assert.Equal(LittleSurvey.Offline(tile, [observation]).Counts!.Data, stack.Counts!.Data);
        }

        var again = await Host.Grains.Tile("repeat", "x001y000").Add(reference, CancellationToken.None);
        Assert.Equal(TileChangeOutcome.Superseded, again.Outcome);
    }

    [Fact]
    public async Task Observations_that_wait_together_are_committed_together()
    {
        await Host.DefineAsync("group", "group/");
        var references = new List<ObservationRef>();
        for (var i = 0; i < 6; i++)
        {
            // By this name the intake does not see them.
            await Store.PutAsync($"group/{i}.bin", LittleSurvey.Observation(i, LittleSurvey.Everywhere));
            references.Add(new ObservationRef($"{i}.bin", (await Store.FindAsync($"group/{i}.bin", CancellationToken.None))!.ETag));
        }

        var (tile, commit) = (Host.Grains.Tile("group", "x000y001"), Store.HoldNextWrite("x000y001/manifest.json"));
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
        await Host.DefineAsync("defect", "defect/");
        var references = new List<ObservationRef>();
        for (var i = 0; i < 3; i++)
        {
            await Store.PutAsync($"defect/{i}.bin", LittleSurvey.Observation(i, LittleSurvey.Everywhere));
            references.Add(new ObservationRef($"{i}.bin", (await Store.FindAsync($"defect/{i}.bin", CancellationToken.None))!.ETag));
        }

        var (tile, commit) = (Host.Grains.Tile("defect", "x000y001"), Store.HoldNextWrite("x000y001/manifest.json"));
        var first = tile.Add(references[0], CancellationToken.None);
        await commit.Begun;
        var others = references.Skip(1).Select(reference => tile.Add(reference, CancellationToken.None)).ToArray();
        await ArrivedAsync(tile);
        Store.FailWrites("x000y001/manifest.json", Fault.Defect, after: 1);
        commit.Release();
        await first;
        Assert.Equal([2L, 3L], (await Task.WhenAll(others)).Select(result => result.Revision).Order());
        Assert.True(Store.IsDone, "the planned fault did not happen");
        Assert.Equal(
            references, (await tile.Ledger(null, 100, CancellationToken.None)).Items.OrderBy(entry => entry.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Any_order_gives_the_same_stack_to_rounding()
    {
        var observations = LittleSurvey.Several();
        await Host.DefineAsync("forth", "forth/");
        await Host.DefineAsync("back", "back/");
        for (var i = 0; i < observations.Length; i++)
        {
            await Store.PutAsync($"forth/{observations[i].Name}.fits", observations[i]);
            await Store.PutAsync($"back/{observations[^(i + 1)].Name}.fits", observations[^(i + 1)]);
            await Host.SettledAsync("forth", i + 1);
            await Host.SettledAsync("back", i + 1);
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
        await Host.DefineAsync("race", "race/");
        var observations = Enumerable.Range(1, 3).Select(seed => LittleSurvey.Observation(seed, LittleSurvey.Everywhere)).ToArray();
        await Store.PutAsync("race/1.fits", observations[0]);
        await Host.SettledAsync("race", 1);
        // A silo that this one does not know of has the tile too, for a while.
        await Store.PutAsync("race/2.bin", observations[1]);
        var setup = await Host.Service<SurveyCatalog>().GetAsync("race", CancellationToken.None);
        var other = new TileStack(setup, GridTiling.IdOf(1, 0), Host.Service<ObservationReader>(), Host.Service<StackMemory>(),
            SurveyHost.Quick, TimeProvider.System);
        var eTag = (await Store.FindAsync("race/2.bin", CancellationToken.None))!.ETag;
        var added = Assert.Single(await other.AddAsync([new ObservationRef("2.bin", eTag)], CancellationToken.None));
        Assert.Equal((TileChangeOutcome.Done, 2L), (added.Result!.Outcome, added.Result.Revision));

        await Store.PutAsync("race/3.fits", observations[2]);
        await Host.SettledAsync("race", 2);
        Assert.Equal(2, (await Host.StatesAsync("race"))[ObservationState.Stacked]);
        var ledger = await Host.Grains.Tile("race", "x001y000").Ledger(null, 10, CancellationToken.None);
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
        await Store.ReadDatasetAsync((await Host.Grains.Tile(survey, tile.ToString()).RequestStack(CancellationToken.None)).Blob!);

    private static void AssertRounding(double[] expected, double[] found)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-12 * Math.Abs(expected[i]));
    }
}
