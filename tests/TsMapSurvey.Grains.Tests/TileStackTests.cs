using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Grains.Tests;

/// <summary>Two activations of one tile, as a cluster may have them for a while.</summary>
public sealed class TileStackTests : TileOfAStore
{
    private readonly MapDataset[] _observations =
        [.. Enumerable.Range(1, 5).Select(seed => LittleSurvey.Observation(seed, LittleSurvey.Everywhere))];

    [Fact]
    public async Task The_stale_one_loses_the_race_and_changes_nothing()
    {
        var (stale, owner) = (Activate(), Activate());
        var references = await PutAllAsync();
        await stale.AddAsync(references[..1], CancellationToken.None);
        await owner.AddAsync(references[1..2], CancellationToken.None);
        var lost = await Assert.ThrowsAsync<SurveyServiceException>(() => stale.AddAsync(references[2..3], CancellationToken.None));
        Assert.Equal((ServiceError.LostRace, true), (lost.Error, lost.RetryHelps));
        Assert.Equal(2, (await Setup.Tiles.FindManifestAsync(Tile.ToString(), CancellationToken.None)).Stored!.Manifest.Revision);
        await AssertIsAsync(owner, 2, _observations[..2]);
        // It has forgotten what it had in mind, and starts again from the store.
        await AssertIsAsync(stale, 2, _observations[..2]);
    }

    [Fact]
    public async Task The_stale_one_still_answers_with_the_revision_it_knows()
    {
        var (stale, owner) = (Activate(), Activate());
        var references = await PutAllAsync();
        await stale.AddAsync(references[..1], CancellationToken.None);
        await owner.AddAsync(references[1..4], CancellationToken.None);
        await AssertIsAsync(stale, 1, _observations[..1]);
    }

    [Fact]
    public async Task A_batch_is_one_revision_and_one_that_is_refused_does_not_hold_up_the_others()
    {
        var stack = Activate();
        var references = await PutAllAsync();
        await Store.WriteAsync("observations/bad.fits", "no FITS"u8.ToArray(), WriteCondition.Always, CancellationToken.None);
        var corrupt = new ObservationRef("bad.fits", (await Store.FindAsync("observations/bad.fits", CancellationToken.None))!.ETag);
        var answers =
            await stack.AddAsync([references[0], corrupt, references[1] with { ETag = "gone" }, references[2]], CancellationToken.None);
        Assert.Equal([TileChangeOutcome.Done, TileChangeOutcome.Refused, TileChangeOutcome.Gone, TileChangeOutcome.Done],
            answers.Select(answer => answer.Result!.Outcome));
        await AssertIsAsync(stack, 1, [_observations[0], _observations[2]]);
    }

    [Fact]
    public async Task A_tail_that_grows_too_long_becomes_a_checkpoint_and_older_ones_are_swept()
    {
        var stack = Activate();
        foreach (var reference in await PutAllAsync())
        {
            await stack.AddAsync([reference], CancellationToken.None);
            var manifest = (await stack.HeadAsync(CancellationToken.None)).Stored!.Manifest;
            Assert.InRange(manifest.Tail.Count, 0, SurveyHost.Quick.TailLength);
            Assert.Equal(manifest.Revision < 3, manifest.Checkpoint is null);
        }

        Assert.Equal(2, Directory.GetFiles(Folder.Path, "*", SearchOption.AllDirectories)
            .Count(file => file.Contains("checkpoints", StringComparison.Ordinal)));
        await AssertIsAsync(Activate(), 5, _observations);
    }

    [Fact]
    public async Task What_the_store_no_longer_has_leaves_stack_and_ledger_together()
    {
        var references = await PutAllAsync();
        await Activate().AddAsync(references[..2], CancellationToken.None);
        await Store.DeleteAsync("observations/1.fits", WriteCondition.Always, CancellationToken.None);
        using var reader = new ObservationReader(SurveyHost.Quick);
        var next = new TileStack(Setup, Tile, reader, Memory, SurveyHost.Quick, TimeProvider.System);
        await AssertIsAsync(next, 2, _observations[1..2]);
        Assert.Null((await next.HeadAsync(CancellationToken.None)).Ledger.Find("1.fits"));
        Assert.Equal("2.fits", Assert.Single((await Activate().HeadAsync(CancellationToken.None)).Ledger.Entries).Observation);
    }

    [Fact]
    public async Task A_defect_while_a_stack_is_made_again_takes_nothing_out_of_it()
    {
        var references = await PutAllAsync();
        await Activate().AddAsync(references[..2], CancellationToken.None);
        var faulty = new FaultyStore(Store);
        faulty.FailNextOpen("observations/2.fits", Fault.Defect);
        using var reader = new ObservationReader(SurveyHost.Quick);
        var next = new TileStack(
            new SurveySetup(LittleSurvey.Resolved, null, faulty), Tile, reader, Memory, SurveyHost.Quick, TimeProvider.System);
        var failure = await Assert.ThrowsAsync<SurveyServiceException>(() => next.FreezeAsync(CancellationToken.None));
        Assert.Contains("2.fits: internal error: InvalidOperationException", failure.Message, StringComparison.Ordinal);
        await AssertIsAsync(next, 1, _observations[..2]);
    }

    [Fact]
    public async Task What_is_lost_is_told()
    {
        var references = await PutAllAsync();
        await Activate().AddAsync(references[..2], CancellationToken.None);
        await Store.DeleteAsync("observations/2.fits", WriteCondition.Always, CancellationToken.None);
        using var reader = new ObservationReader(SurveyHost.Quick);
        var lost = new List<string>();
        var repair = new TileRepair(Lost: entries => lost.AddRange(entries.Select(entry => entry.Observation)));
        var next = new TileStack(Setup, Tile, reader, Memory, SurveyHost.Quick, TimeProvider.System, repair);
        await AssertIsAsync(next, 2, _observations[..1]);
        Assert.Equal(["2.fits"], lost);
    }

    [Fact]
    public async Task Stacks_beyond_the_budget_are_dropped_and_made_again_when_needed()
    {
        var memory = new StackMemory(SurveyHost.Quick with { StackBytes = 1 });
        var stack = new TileStack(Setup, Tile, Reader, memory, SurveyHost.Quick, TimeProvider.System);
        var references = await PutAllAsync();
        for (var i = 0; i < references.Length; i++)
        {
            await stack.AddAsync(references[i..(i + 1)], CancellationToken.None);
            Assert.Equal(0, memory.Bytes);
        }

        await AssertIsAsync(stack, 5, _observations);
        await stack.FreezeAsync(CancellationToken.None);
        Assert.Equal(0, memory.Bytes);
    }

    [Fact]
    public async Task Of_many_tiles_within_a_small_budget_those_longest_unused_are_unloaded()
    {
        // All observations stay in the tail, and none is kept by the reader: every stack that is made again is seen as readings.
        var options = SurveyHost.Quick with { TailLength = 100, ObservationBytes = 1 };
        using var reader = new ObservationReader(options);
        var (largest, references) = (0L, await PutAllAsync());
        foreach (var tile in LittleSurvey.Resolved.Tiling.All())
        {
            var alone = new StackMemory(options);
            await new TileStack(Setup, tile, reader, alone, options, TimeProvider.System).AddAsync(references, CancellationToken.None);
            largest = long.Max(largest, alone.Bytes);
        }

        var memory = new StackMemory(options with { StackBytes = 2 * largest });
        var tiles = LittleSurvey.Resolved.Tiling.All()
            .Select(tile => new TileStack(Setup, tile, reader, memory, options, TimeProvider.System)).ToArray();
        Assert.True(tiles.Length > 4);
        foreach (var tile in tiles)
        {
            await tile.FreezeAsync(CancellationToken.None);
            Assert.InRange(memory.Bytes, 1, 2 * largest);
        }

        async Task<long> ReadingsAsync(TileStack tile)
        {
            var before = reader.DecodedCount;
            await tile.FreezeAsync(CancellationToken.None);
            Assert.InRange(memory.Bytes, 1, 2 * largest);
            return reader.DecodedCount - before;
        }

        Assert.Equal(0, await ReadingsAsync(tiles[^2]));
        Assert.True(await ReadingsAsync(tiles[0]) > 0);
        Assert.Equal(0, await ReadingsAsync(tiles[^2]));
        Assert.True(await ReadingsAsync(tiles[^1]) > 0);
    }

    [Fact]
    public async Task Decoded_observations_are_kept_within_a_budget_and_those_longest_unused_go_first()
    {
        var references = await PutAllAsync();
        using var measuring = new ObservationReader(SurveyHost.Quick);
        var sizes = new List<long>();
        foreach (var reference in references)
        {
            using var lease = await measuring.ReadAsync(Setup, reference, CancellationToken.None);
            sizes.Add(lease.Observation.Bytes);
        }

        using var reader = new ObservationReader(SurveyHost.Quick with { ObservationBytes = sizes[0] + sizes[1] });
        async Task<long> DecodedAsync(int i)
        {
            var before = reader.DecodedCount;
            (await reader.ReadAsync(Setup, references[i], CancellationToken.None)).Dispose();
            return reader.DecodedCount - before;
        }

        var decoded = new List<long>();
        foreach (var i in new[] { 0, 1, 0, 2, 2, 1 }) decoded.Add(await DecodedAsync(i));
        Assert.Equal([1, 1, 0, 1, 0, 1], decoded);
    }

    [Fact]
    public async Task The_arrays_of_an_observation_serve_the_next_one_only_when_nobody_has_it_any_more()
    {
        var references = await PutAllAsync();
        var (lease, again) = (await Reader.ReadAsync(Setup, references[0], CancellationToken.None),
            await Reader.ReadAsync(Setup, references[0], CancellationToken.None));
        // Counts and background are of one length: either may become the other.
        static MapDataset DatasetOf(ObservationLease one) => ((AlignedData)one.Observation).Dataset;
        static double[][] Arrays(ObservationLease one) => [DatasetOf(one).Counts!.Data, DatasetOf(one).Background!.Data];
        var arrays = Arrays(lease);
        Reader.Forget(Setup.Name, references[0]);
        lease.Dispose();
        lease.Dispose();
        using var other = await Reader.ReadAsync(Setup, references[1], CancellationToken.None);
        Assert.DoesNotContain(Arrays(other), array => arrays.Contains(array));
        Assert.Equal(_observations[0].Counts!.Data, DatasetOf(again).Counts!.Data);
        again.Dispose();
        using var next = await Reader.ReadAsync(Setup, references[2], CancellationToken.None);
        Assert.All(Arrays(next), array => Assert.True(arrays.Contains(array), "a new array where a used one was there"));
        Assert.Equal(_observations[2].Counts!.Data, DatasetOf(next).Counts!.Data);
        Assert.Equal(_observations[1].Counts!.Data, DatasetOf(other).Counts!.Data);
    }

    [Fact]
    public void One_more_observation_costs_the_same_in_a_long_ledger_as_in_a_short_one()
    {
        static long Allocated(int length)
        {
            var ledger = TileLedger.Empty.With(Enumerable.Range(0, length).Select(i => new LedgerEntry($"{i}.fits", "1")));
            var before = GC.GetAllocatedBytesForCurrentThread();
            ledger = ledger.With([new LedgerEntry("new.fits", "1")]);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal((length + 1, "1"), (ledger.Entries.Count, ledger.Find("new.fits")?.ETag));
            return allocated;
        }

        Allocated(10);
        Assert.InRange(Allocated(20_000), 0, 5 * Allocated(100));
    }

    [Fact]
    public async Task All_tiles_of_a_silo_share_one_reading_of_an_observation()
    {
        var references = await PutAllAsync();
        var tiles = LittleSurvey.Resolved.Tiling.All()
            .Select(tile => new TileStack(Setup, tile, Reader, Memory, SurveyHost.Quick, TimeProvider.System));
        await Task.WhenAll(tiles.Select(tile => tile.AddAsync(references, CancellationToken.None)));
        Assert.Equal(references.Length, Reader.DecodedCount);
        Assert.True(Memory.Bytes > 0);
    }

    [Fact]
    public async Task An_observation_that_unfolds_to_too_much_is_refused()
    {
        var references = await PutAllAsync();
        using var reader = new ObservationReader(SurveyHost.Quick with { MaxObservationBytes = 10_000 });
        var stack = new TileStack(Setup, Tile, reader, Memory, SurveyHost.Quick, TimeProvider.System);
        var answer = Assert.Single(await stack.AddAsync(references[..1], CancellationToken.None));
        Assert.Equal(TileChangeOutcome.Refused, answer.Result!.Outcome);
        Assert.Contains("10000", answer.Result.Reason!.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private async Task<ObservationRef[]> PutAllAsync()
    {
        var references = new List<ObservationRef>();
        foreach (var (observation, i) in _observations.Select((observation, i) => (observation, i)))
        {
            await Store.PutAsync($"observations/{i + 1}.fits", observation);
            references.Add(
                new ObservationRef($"{i + 1}.fits", (await Store.FindAsync($"observations/{i + 1}.fits", CancellationToken.None))!.ETag));
        }

        return [.. references];
    }

    private static async Task AssertIsAsync(TileStack stack, long revision, IEnumerable<MapDataset> observations)
    {
        var frozen = (await stack.FreezeAsync(CancellationToken.None))!;
        var offline = LittleSurvey.Offline(Tile, observations);
        Assert.Equal(revision, frozen.Revision);
        Assert.Equal(offline.Counts!.Data, frozen.Dataset.Counts!.Data);
        Assert.Equal(offline.Background!.Data, frozen.Dataset.Background!.Data);
        Assert.Equal(offline.Psf!.Density.Data, frozen.Dataset.Psf!.Density.Data);
    }
}
