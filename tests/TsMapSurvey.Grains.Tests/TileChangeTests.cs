using Microsoft.Extensions.Time.Testing;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Grains.Tests;

/// <summary>Changes of one tile that arrive late, twice, or in the wrong order; and what killed processes leave beside it.</summary>
public sealed class TileChangeTests : TileOfAStore
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly MapDataset[] _observations =
        [.. Enumerable.Range(1, 5).Select(seed => LittleSurvey.Observation(seed, LittleSurvey.Everywhere))];

    [Theory]
    [InlineData("p1 r2", "", "Done Done")]
    [InlineData("p1 r2 p1", "", "Done Done Superseded")]
    [InlineData("r2 p1", "", "Done Superseded")]
    [InlineData("r2 r2 p1 r1", "", "Done AlreadySo Superseded Superseded")]
    [InlineData("p1 r2 p3 r2 p1", "1", "Done Done Done Superseded Superseded")]
    [InlineData("p1 p3 r2", "1", "Done Done Superseded")]
    [InlineData("p1 q2 p1", "2", "Done Done Superseded")]
    [InlineData("q2 p1 p3", "1", "Done Superseded Done")]
    [InlineData("p1 q2 r3 q2 p4", "1", "Done Done Done Superseded Done")]
    public async Task The_highest_generation_wins_in_whatever_order_changes_arrive_also_after_a_restart(
        string changes, string holds, string outcomes)
    {
        foreach (var restarts in new[] { false, true })
        {
            var (first, second) = (await PutAsync("same.bin", 1), await PutAsync("other.bin", 2));
            foreach (var manifest in Directory.GetFiles(Folder.Path, "manifest.json", SearchOption.AllDirectories)) File.Delete(manifest);
            var (stack, found) = (Activate(), new List<string>());
            foreach (var change in changes.Split(' '))
            {
                if (restarts) stack = Activate();
                // Two versions under one name: q is the content of another blob.
                var version = change[0] == 'q' ? second with { Name = "same.bin" } : first;
                if (change[0] == 'q') await CopyAsync("other.bin", "same.bin");
                else await PutAsync("same.bin", 1);
                version = version with { ETag = (await Store.FindAsync("observations/same.bin", Cancel))!.ETag };
                var answer = Assert.Single(await stack.ApplyAsync([new TileChange(version, change[1] - '0', change[0] == 'r')], Cancel));
                found.Add($"{answer.Result!.Outcome}");
            }

            Assert.Equal(outcomes, string.Join(' ', found));
            await AssertIsAsync(stack, holds.Length == 0 ? [] : [_observations[holds[0] - '1']]);
        }
    }

    [Fact]
    public async Task Fences_are_kept_as_long_as_a_message_may_live_and_no_longer()
    {
        var (one, two, stack) = (await PutAsync("one.bin", 1), await PutAsync("two.bin", 2), Activate());
        await stack.ApplyAsync([TileChange.Put(one, 1)], Cancel);
        await stack.ApplyAsync([TileChange.Remove(one, 2)], Cancel);
        Assert.Single((await stack.HeadAsync(Cancel)).Stored!.Manifest.Fences);
        _clock.Advance(TimeSpan.FromMinutes(59));
        await stack.ApplyAsync([TileChange.Put(two, 1)], Cancel);
        Assert.Equal(TileChangeOutcome.Superseded, Assert.Single(await stack.ApplyAsync([TileChange.Put(one, 1)], Cancel)).Result!.Outcome);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await stack.ApplyAsync([TileChange.Remove(two, 2)], Cancel);
        Assert.Equal("two.bin", Assert.Single((await stack.HeadAsync(Cancel)).Stored!.Manifest.Fences).Observation);
    }

    [Fact]
    public async Task One_batch_of_many_kinds_is_one_revision()
    {
        var versions = await Task.WhenAll(Enumerable.Range(1, 5).Select(i => PutAsync($"{i}.bin", i)));
        var stack = Activate();
        await stack.AddAsync(versions[..3], Cancel);
        await CopyAsync("5.bin", "2.bin");
        var second = versions[4] with { Name = "2.bin", ETag = (await Store.FindAsync("observations/2.bin", Cancel))!.ETag };
        var answers = await stack.ApplyAsync([TileChange.Remove(versions[0], 7), TileChange.Put(second, 7), TileChange.Put(versions[2], 1),
            TileChange.Put(versions[3], 1), TileChange.Remove(versions[4], 3)], Cancel);
        Assert.Equal("Done Done AlreadySo Done Done", string.Join(' ', answers.Select(answer => answer.Result!.Outcome)));
        Assert.Equal(2, (await stack.HeadAsync(Cancel)).Revision);
        await AssertIsAsync(stack, [_observations[2], _observations[4], _observations[3]]);
        await AssertIsAsync(Activate(), [_observations[2], _observations[4], _observations[3]]);
    }

    [Fact]
    public async Task A_rebuild_holds_no_more_stacks_than_one_beside_the_old_one_and_forgets_it_when_the_commit_fails()
    {
        var versions = await Task.WhenAll(Enumerable.Range(1, 5).Select(i => PutAsync($"{i}.bin", i)));
        var stack = Activate();
        await stack.AddAsync(versions, Cancel);
        var bytes = Memory.Bytes;
        await stack.ApplyAsync([TileChange.Remove(versions[0], 2)], Cancel);
        Assert.Equal(bytes, Memory.Bytes);
        await Activate().ApplyAsync([TileChange.Remove(versions[1], 2)], Cancel);
        var lost = await Assert.ThrowsAsync<SurveyServiceException>(() => stack.ApplyAsync([TileChange.Remove(versions[2], 2)], Cancel));
        Assert.Equal(ServiceError.LostRace, lost.Error);
        await AssertIsAsync(stack, _observations[2..]);
    }

    [Fact]
    public async Task A_tail_whose_observation_was_overwritten_waits_for_the_next_version_and_keeps_the_old_one_until_then()
    {
        var versions = await Task.WhenAll(Enumerable.Range(1, 3).Select(i => PutAsync($"{i}.bin", i)));
        await Activate().AddAsync(versions[..2], Cancel);
        await CopyAsync("3.bin", "1.bin");
        using var reader = new ObservationReader(SurveyHost.Quick);
        var repair = new TileRepair(Lost: lost => Assert.Fail($"lost {lost[0]}"));
        var next = new TileStack(Setup, Tile, reader, Memory, SurveyHost.Quick, _clock, repair);
        var blocked = await Assert.ThrowsAsync<SurveyServiceException>(() => next.FreezeAsync(Cancel));
        Assert.Equal((ServiceError.Blocked, true), (blocked.Error, blocked.RetryHelps));
        await Assert.ThrowsAsync<SurveyServiceException>(() => next.AddAsync(versions[2..], Cancel));
        Assert.Equal(["1.bin", "2.bin"], (await Activate().HeadAsync(Cancel)).Ledger.Entries.Select(entry => entry.Observation));
        var entry = (await Setup.Observations.FindAsync("1.bin", Cancel))!;
        await next.ApplyAsync([TileChange.Put(new ObservationRef("1.bin", entry.ETag, versions[2].Hash), 2)], Cancel);
        await AssertIsAsync(next, [_observations[1], _observations[2]]);
        Assert.Equal(2, (await next.HeadAsync(Cancel)).Revision);
    }

    [Fact]
    public async Task A_stale_activation_does_not_wait_for_an_observation_that_the_tile_holds_no_more()
    {
        var versions = await Task.WhenAll(Enumerable.Range(1, 3).Select(i => PutAsync($"{i}.bin", i)));
        await Activate().AddAsync(versions[..2], Cancel);
        using var reader = new ObservationReader(SurveyHost.Quick);
        var (asked, changed) = (Activate(reader), Activate(reader));
        await asked.HeadAsync(Cancel);
        await changed.HeadAsync(Cancel);
        await CopyAsync("3.bin", "1.bin");
        var entry = (await Setup.Observations.FindAsync("1.bin", Cancel))!;
        await Activate().ApplyAsync([TileChange.Put(new ObservationRef("1.bin", entry.ETag, versions[2].Hash), 2)], Cancel);

        var lost = await Assert.ThrowsAsync<SurveyServiceException>(() => asked.FreezeAsync(Cancel));
        Assert.Equal(ServiceError.LostRace, lost.Error);
        await AssertIsAsync(asked, [_observations[1], _observations[2]]);
        lost = await Assert.ThrowsAsync<SurveyServiceException>(() => changed.ApplyAsync([TileChange.Remove(versions[1], 2)], Cancel));
        Assert.Equal(ServiceError.LostRace, lost.Error);
        Assert.Equal(TileChangeOutcome.Done, (await changed.ApplyAsync([TileChange.Remove(versions[1], 2)], Cancel))[0].Result!.Outcome);
        await AssertIsAsync(changed, [_observations[2]]);
    }

    [Fact]
    public async Task A_tail_that_costs_too_many_bytes_becomes_a_checkpoint()
    {
        var versions = await Task.WhenAll(Enumerable.Range(1, 3).Select(i => PutAsync($"{i}.bin", i)));
        var options = SurveyHost.Quick with { TailLength = 100, TailBytes = 2 * DatasetBytes.Of(_observations[0]) };
        var stack = new TileStack(Setup, Tile, Reader, Memory, options, _clock);
        foreach (var (version, i) in versions.Select((version, i) => (version, i)))
        {
            await stack.AddAsync([version], Cancel);
            Assert.Equal(i == 2, (await stack.HeadAsync(Cancel)).Stored!.Manifest.Checkpoint is not null);
        }
    }

    [Fact]
    public async Task What_killed_processes_left_beside_a_checkpoint_is_swept_by_the_next_commit_of_another_activation()
    {
        var versions = await Task.WhenAll(Enumerable.Range(1, 4).Select(i => PutAsync($"{i}.bin", i)));
        var stack = Activate();
        await stack.AddAsync(versions[..3], Cancel);
        var kept = Checkpoints();
        Assert.Equal(2, kept.Length);
        // Of the revision that is about to come: somebody may be about to name it, or was killed before.
        await Setup.Tiles.WriteCheckpointAsync($"{Tile}", 1, "0dead", new MemoryStream([1]), Cancel);
        await Setup.Tiles.WriteCheckpointAsync($"{Tile}", 2, "1dead", new MemoryStream([1]), Cancel);
        await Setup.Tiles.WriteCheckpointAsync($"{Tile}", 9, "young", new MemoryStream([1]), Cancel);
        await Activate().AddAsync(versions[3..], Cancel);
        Assert.Equal([.. kept, "0000000009-young.ckpt"], Checkpoints());
        _clock.Advance(TimeSpan.FromDays(1.1));
        await Activate().ApplyAsync([TileChange.Remove(versions[3], 2)], Cancel);
        Assert.Equal(kept, Checkpoints());
        await AssertIsAsync(Activate(), _observations[..3]);
    }

    private TileStack Activate(ObservationReader? reader = null) => new(Setup, Tile, reader ?? Reader, Memory, SurveyHost.Quick, _clock);

    private string[] Checkpoints() => [.. Directory.GetFiles(Folder.File("surveys", LittleSurvey.Resolved.Name, "tiles", $"{Tile}",
        "checkpoints")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private async Task<ObservationRef> PutAsync(string name, int seed)
    {
        await Setup.TemplateAsync(new AlignedData(_observations[seed - 1]), Cancel);
        await Store.PutAsync($"observations/{name}", _observations[seed - 1]);
        var entry = (await Setup.Observations.FindAsync(name, Cancel))!;
        return new ObservationRef(name, entry.ETag, await Setup.Observations.HashAsync(entry, Cancel));
    }

    private async Task CopyAsync(string from, string to) =>
        await Store.WriteAsync(
            $"observations/{to}", (await Store.ReadAsync($"observations/{from}", Cancel))!.Bytes, WriteCondition.Always, Cancel);

    private static async Task AssertIsAsync(TileStack stack, MapDataset[] observations)
    {
        var frozen = (await stack.FreezeAsync(Cancel))!;
        if (observations.Length == 0) Assert.All(frozen.Dataset.Exposure!.Data, value => Assert.Equal(0, value));
        else Expected.AssertSame(LittleSurvey.Offline(Tile, observations), frozen.Dataset);
    }
}
