using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

/// <summary>Windows of one tile: the sum of their nights, whatever happened on the way.</summary>
[Trait("Pace", "slow")]
public sealed class NightStackTests : IDisposable
{
    private const string Damaged = "no checkpoint";

    private static readonly TileId Tile = GridTiling.IdOf(1, 0);

    /// <summary>Seven observations of five nights; with a tail of two, some are in checkpoints and some are not.</summary>
    private static readonly (int Seed, int Night)[] Made =
        [(1, 51601), (2, 51603), (3, 51602), (4, 51603), (5, 51604), (6, 51605), (7, 51604)];

    private readonly TemporaryFolder _folder = new();
    private readonly FaultyStore _store;
    private readonly SurveySetup _setup;
    private readonly List<ObservationReader> _readers = [];
    private readonly List<(string Name, int Night, MapDataset Dataset)> _there = [];
    private readonly HashSet<string> _gone = [];
    private long _generation = 1;

    public NightStackTests()
    {
        _store = new FaultyStore(BlobStores.Open(_folder.Path));
        _setup = new SurveySetup(NightlySurvey.Resolved, null, _store);
    }

    public void Dispose()
    {
        foreach (var reader in _readers) reader.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3, 4, 5, 6 })]
    [InlineData(new[] { 6, 5, 4, 3, 2, 1, 0 })]
    [InlineData(new[] { 3, 0, 6, 2, 5, 1, 4 })]
    public async Task A_window_is_the_stack_of_exactly_its_observations_in_whatever_order_they_came(int[] order)
    {
        var stack = Activate();
        foreach (var i in order) await AddAsync(stack, Made[i].Seed, Made[i].Night);
        foreach (var last in Enumerable.Range(51601, 5))
            foreach (var nights in new[] { 1, 3 })
                await AssertIsOfflineAsync(stack, NightlySurvey.Window(nights, last));
        Expected.AssertSame(
            LittleSurvey.Offline(Tile, _there.Select(item => item.Dataset)), (await stack.FreezeAsync(CancellationToken.None))!.Dataset);
    }

    [Fact]
    public async Task Whatever_is_in_memory_stored_or_lost_a_window_has_the_same_bits()
    {
        var stack = Activate();
        var window = NightlySurvey.Window(3, 51605);
        foreach (var (seed, night) in Made)
        {
            await AddAsync(stack, seed, night);
            await FreezeAsync(stack, window);
        }

        var before = await FreezeAsync(stack, window);
        Assert.NotEmpty(Stored());
        NightlySurvey.AssertIdentical(before, await FreezeAsync(Activate(), window));
        foreach (var blob in Stored()) File.WriteAllText(blob, Damaged);
        NightlySurvey.AssertIdentical(before, await FreezeAsync(Activate(), window));
        // What is damaged does not stand in the way of what is stored under its name.
        Assert.DoesNotContain(Damaged, Stored().Select(File.ReadAllText));
        Directory.Delete(Path.Combine(Root, "epochs"), recursive: true);
        NightlySurvey.AssertIdentical(before, await FreezeAsync(Activate(), window));
        // And so it has with a memory that holds nothing between two uses.
        NightlySurvey.AssertIdentical(before, await FreezeAsync(Activate(SurveyHost.Quick with { StackBytes = 0 }), window));
    }

    [Fact]
    public async Task A_stored_night_of_another_number_of_observations_than_its_name_says_is_not_believed()
    {
        var stack = Activate();
        foreach (var (seed, night) in Made[..6]) await AddAsync(stack, seed, night);
        var window = NightlySurvey.Window(3, 51605);
        var before = await FreezeAsync(stack, window);
        var (two, one) = (Assert.Single(Stored(), blob => blob.Contains("051603", StringComparison.Ordinal)),
            Assert.Single(Stored(), blob => blob.Contains("051604", StringComparison.Ordinal)));
        File.Copy(one, two, overwrite: true);
        NightlySurvey.AssertIdentical(before, await FreezeAsync(Activate(), window));
    }

    [Fact]
    public async Task What_falls_out_of_a_window_leaves_no_trace_in_it()
    {
        var stack = Activate();
        foreach (var (seed, night) in Made) await AddAsync(stack, seed, night);
        var window = NightlySurvey.Window(3, 51605);
        var found = await FreezeAsync(stack, window);
        // The same survey in another store, where the older observations were never made.
        using var other = new NightStackTests();
        var fresh = other.Activate();
        foreach (var (seed, night) in Made.Where(made => window.Contains(made.Night))) await other.AddAsync(fresh, seed, night);
        NightlySurvey.AssertIdentical(await FreezeAsync(fresh, window), found);
    }

    [Fact]
    public async Task After_a_checkpoint_a_restart_reads_no_observation_of_its_nights_again()
    {
        var stack = Activate();
        foreach (var (seed, night) in Made[..6]) await AddAsync(stack, seed, night);
        Assert.Empty((await stack.HeadAsync(CancellationToken.None)).Tail);
        var window = NightlySurvey.Window(3, 51605);
        await AssertIsOfflineAsync(Activate(), window);
        Assert.Equal(0, _readers[^1].DecodedCount);
        Assert.Equal([51603, 51604, 51605], Stored().Select(
            blob => int.Parse(Path.GetFileName(Path.GetDirectoryName(blob)!), System.Globalization.CultureInfo.InvariantCulture)).Order());
    }

    [Theory]
    [InlineData(2)] // Of a night that is stored, and not the last of it.
    [InlineData(6)] // The only one of the newest night.
    [InlineData(1)] // Of a night that has left the longest slice.
    public async Task An_observation_of_any_night_can_be_retracted_and_replaced(int seed)
    {
        var stack = Activate();
        foreach (var (made, night) in Made[..6]) await AddAsync(stack, made, night);
        await FreezeAsync(stack, NightlySurvey.Window(3, 51605));
        await ChangeAsync(stack, seed, null);
        await AssertAllAsync();
        await ChangeAsync(stack, seed, NightlySurvey.Observation(20, 51603));
        await AssertAllAsync();
        await ChangeAsync(stack, seed, NightlySurvey.Observation(21, 51606));
        await AssertAllAsync();

        async Task AssertAllAsync()
        {
            foreach (var tile in new[] { stack, Activate() })
            {
                foreach (var last in new[] { 51601, 51603, 51604, 51605, 51606 })
                    await AssertIsOfflineAsync(tile, NightlySurvey.Window(3, last));
                Expected.AssertSame(LittleSurvey.Offline(Tile, Present().Select(item => item.Dataset)),
                    (await tile.FreezeAsync(CancellationToken.None))!.Dataset);
            }
        }
    }

    [Theory]
    [InlineData("manifest.json", false)]
    [InlineData("manifest.json", true)]
    [InlineData(".ckpt", false)]
    [InlineData(".ckpt", true)]
    [InlineData(".ledger.json", false)]
    public async Task A_commit_that_fails_anywhere_leaves_windows_of_what_is_committed(string ending, bool isOnlyTheAnswerLost)
    {
        var stack = Activate();
        foreach (var (seed, night) in Made[..5]) await AddAsync(stack, seed, night);
        var window = NightlySurvey.Window(3, 51605);
        _store.FailWrites(ending, isOnlyTheAnswerLost ? Fault.AnswerLost : Fault.Lost, times: 5);
        var reference = await PutAsync("6.fits", 51605, NightlySurvey.Observation(6, 51605));
        try
        {
            await stack.ApplyAsync([TileChange.Put(reference, _generation)], CancellationToken.None);
        }
        catch (SurveyServiceException exception)
        {
            Assert.True(exception.RetryHelps, exception.Message);
        }

        foreach (var tile in new[] { stack, Activate() })
        {
            var isIn = (await tile.HeadAsync(CancellationToken.None)).Ledger.Find("6.fits") is not null;
            var found = await FreezeAsync(tile, window);
            Expected.AssertSame(LittleSurvey.Offline(Tile, Present()
                .Where(item => window.Contains(item.Night) && (isIn || item.Name != "6.fits")).Select(item => item.Dataset)), found);
        }

        // The one who asked tries again, until the plan of failures is done.
        await Until.TrueAsync(async () =>
        {
            try
            {
                return (await stack.ApplyAsync([TileChange.Put(reference, _generation)], CancellationToken.None))[0].Fault is null;
            }
            catch (SurveyServiceException exception) when (exception.RetryHelps)
            {
                return false;
            }
        });
        await AssertIsOfflineAsync(stack, window);
        await AssertIsOfflineAsync(Activate(), window);
    }

    [Fact]
    public async Task A_window_waits_for_an_observation_that_was_overwritten_and_no_other_one_does()
    {
        var stack = Activate();
        foreach (var (seed, night) in Made[..5]) await AddAsync(stack, seed, night);
        // The fifth is in the tail: in no checkpoint and in no night that is stored.
        await _store.PutAsync("observations/5.fits", NightlySurvey.Observation(30, 51604));
        var next = Activate();
        var blocked = await Assert.ThrowsAsync<SurveyServiceException>(() => FreezeAsync(next, NightlySurvey.Window(1, 51604)));
        Assert.Equal((ServiceError.Blocked, true), (blocked.Error, blocked.RetryHelps));
        await AssertIsOfflineAsync(next, NightlySurvey.Window(1, 51603));
        await ChangeAsync(next, 5, NightlySurvey.Observation(30, 51604));
        await AssertIsOfflineAsync(next, NightlySurvey.Window(3, 51604));
    }

    [Fact]
    public async Task A_window_without_observations_says_so()
    {
        var stack = Activate();
        await AddAsync(stack, 1, 51601);
        var frozen = (await stack.FreezeAsync(NightlySurvey.Window(1, 51605), CancellationToken.None))!;
        Assert.Equal("no observation of this tile from 2000-03-02 12:00 to 2000-03-03 12:00 UTC", frozen.EmptyReason);
        Assert.All(frozen.Dataset.Counts!.Data, count => Assert.Equal(0, count));
    }

    [Fact]
    public async Task A_survey_of_all_keeps_no_nights_and_notes_no_times()
    {
        var all = new SurveySetup(LittleSurvey.Resolved, null, _store);
        var stack = Activate(SurveyHost.Quick, all);
        foreach (var (seed, night) in Made) await AddAsync(stack, seed, night);
        Assert.False(Directory.Exists(Path.Combine(Root, "epochs")));
        foreach (var file in Directory.GetFiles(Root, "*.json", SearchOption.AllDirectories))
            Assert.DoesNotContain("startS", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        // Its stacks and those of a survey with slices are the same bits.
        using var other = new NightStackTests();
        var sliced = other.Activate();
        foreach (var (seed, night) in Made) await other.AddAsync(sliced, seed, night);
        NightlySurvey.AssertIdentical(
            (await stack.FreezeAsync(CancellationToken.None))!.Dataset, (await sliced.FreezeAsync(CancellationToken.None))!.Dataset);
    }

    [Fact]
    public async Task Slices_that_come_later_need_the_times_of_what_is_there_and_restacking_reads_them()
    {
        var before = Activate(SurveyHost.Quick, new SurveySetup(LittleSurvey.Resolved, null, _store));
        foreach (var (seed, night) in Made[..4]) await AddAsync(before, seed, night);
        var stack = Activate();
        await AddAsync(stack, 5, 51604);
        var undated = await Assert.ThrowsAsync<SurveyServiceException>(() => FreezeAsync(stack, NightlySurvey.Window(3, 51604)));
        Assert.Equal((ServiceError.UndatedObservations, false), (undated.Error, undated.RetryHelps));
        Assert.Contains("found 4 observations", undated.Message, StringComparison.Ordinal);
        await stack.RestackAsync(CancellationToken.None);
        await AssertIsOfflineAsync(stack, NightlySurvey.Window(3, 51604));
        await AssertIsOfflineAsync(Activate(), NightlySurvey.Window(3, 51603));
    }

    [Fact]
    public async Task An_observation_without_a_time_from_before_there_were_slices_is_in_the_whole_and_in_no_window_and_holds_up_none()
    {
        var before = Activate(SurveyHost.Quick, new SurveySetup(LittleSurvey.Resolved, null, _store));
        foreach (var (seed, night) in Made[..3]) await AddAsync(before, seed, night);
        // Its file says nothing of when it was made; when it was added nobody asked.
        await AddAsync(before, 4, 51604, NightlySurvey.Observation(4, 51604) with { Gti = null });
        _gone.Add("4.fits");
        var stack = Activate();
        await stack.RestackAsync(CancellationToken.None);
        var head = await stack.HeadAsync(CancellationToken.None);
        Assert.Equal((0, 1, 4), (head.Undated, head.WithoutTime, head.Ledger.Entries.Count));
        await AssertIsOfflineAsync(stack, NightlySurvey.Window(3, 51604));
        await AddAsync(stack, 5, 51604);
        await AssertIsOfflineAsync(Activate(), NightlySurvey.Window(3, 51604));
        Assert.Equal(5, (await Activate().HeadAsync(CancellationToken.None)).Ledger.Entries.Count);
    }

    [Fact]
    public async Task A_fit_mask_is_kept_in_windows_whichever_of_their_nights_have_one()
    {
        MapDataset WithMask(int seed, int night)
        {
            var observation = NightlySurvey.Observation(seed, night);
            return observation with
            {
                MaskFit =
                new Map<bool>(observation.Counts!.Geometry, [.. observation.Counts.Data.Select((_, i) => (i + seed) % 5 == 0)])
            };
        }

        var stack = Activate();
        await AddAsync(stack, 1, 51601, WithMask(1, 51601));
        await AddAsync(stack, 2, 51602);
        await AddAsync(stack, 3, 51603, WithMask(3, 51603));
        await AddAsync(stack, 4, 51603, WithMask(4, 51603));
        foreach (var tile in new[] { stack, Activate() })
        {
            foreach (var (nights, last, hasMask) in new[] { (1, 51601, true), (1, 51602, false), (3, 51603, true), (3, 51604, true) })
            {
                var window = NightlySurvey.Window(nights, last);
                Assert.Equal(hasMask, (await FreezeAsync(tile, window)).MaskFit is not null);
                await AssertIsOfflineAsync(tile, window);
            }
        }
    }

    [Fact]
    public async Task A_fully_masked_observation_adds_no_time_to_its_night()
    {
        var masked = NightlySurvey.Observation(2, 51601);
        Array.Clear(masked.MaskSafe!.Data);
        var stack = Activate();
        await AddAsync(stack, 1, 51601);
        await AddAsync(stack, 2, 51601, masked);
        foreach (var tile in new[] { stack, Activate() })
        {
            var found = await FreezeAsync(tile, NightlySurvey.Window(1, 51601));
            Assert.Equal((570.0, 600.0), (found.LiveTimeS, Math.Round(found.Gti!.TotalS, 6)));
            await AssertIsOfflineAsync(tile, NightlySurvey.Window(1, 51601));
        }
    }

    private string Root => Path.Combine(_folder.Path, "surveys", "any", "tiles", Tile.ToString());

    private TileStack Activate(GrainOptions? options = null, SurveySetup? setup = null)
    {
        _readers.Add(new ObservationReader(SurveyHost.Quick));
        return new TileStack(setup ?? _setup, Tile, _readers[^1], new StackMemory(options ?? SurveyHost.Quick), options
            ?? SurveyHost.Quick, TimeProvider.System);
    }

    private string[] Stored() => Directory.GetFiles(Path.Combine(Root, "epochs"), "*", SearchOption.AllDirectories);

    private IEnumerable<(string Name, int Night, MapDataset Dataset)> Present() => _there.Where(item => !_gone.Contains(item.Name));

    private async Task<ObservationRef> PutAsync(string name, int night, MapDataset dataset)
    {
        _there.RemoveAll(item => item.Name == name);
        _there.Add((name, night, dataset));
        _gone.Remove(name);
        await _store.PutAsync($"observations/{name}", dataset);
        return new ObservationRef(name, (await _store.FindAsync($"observations/{name}", CancellationToken.None))!.ETag);
    }

    private async Task AddAsync(TileStack stack, int seed, int night, MapDataset? made = null)
    {
        var reference = await PutAsync($"{seed}.fits", night, made ?? NightlySurvey.Observation(seed, night));
        Assert.Equal(TileChangeOutcome.Done,
            Assert.Single(await stack.ApplyAsync([TileChange.Put(reference, _generation)], CancellationToken.None)).Result!.Outcome);
    }

    /// <summary>Another version, or none.</summary>
    private async Task ChangeAsync(TileStack stack, int seed, MapDataset? version)
    {
        var name = $"{seed}.fits";
        TileChange change;
        if (version is null)
        {
            _gone.Add(name);
            change = TileChange.Remove(new ObservationRef(name, ""), ++_generation);
        }
        else
        {
            change = TileChange.Put(
                await PutAsync(name, NightlySurvey.Resolved.Nights.NightOf(version.Gti!.Intervals[0].StartS), version), ++_generation);
        }

        Assert.Equal(TileChangeOutcome.Done, Assert.Single(await stack.ApplyAsync([change], CancellationToken.None)).Result!.Outcome);
    }

    private static async Task<MapDataset> FreezeAsync(TileStack stack, SliceWindow window) =>
        (await stack.FreezeAsync(window, CancellationToken.None))!.Dataset;

    private async Task AssertIsOfflineAsync(TileStack stack, SliceWindow window)
    {
        var frozen = (await stack.FreezeAsync(window, CancellationToken.None))!;
        var within = Present().Where(item => window.Contains(item.Night)).Select(item => item.Dataset).ToArray();
        Assert.Equal(within.Length == 0, frozen.EmptyReason is not null);
        if (within.Length > 0) Expected.AssertSame(LittleSurvey.Offline(Tile, within), frozen.Dataset);
    }
}
