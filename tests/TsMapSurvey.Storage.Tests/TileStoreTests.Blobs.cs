using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Storage.Tests.Faults;

namespace TsMapSurvey.Storage.Tests;

public sealed partial class TileStoreTests
{
    [Theory]
    [InlineData(Fault.None, "upload")]
    [InlineData(Fault.AnswerLost, "upload,find")]
    [InlineData(Fault.DoneTwice, "upload,find")]
    [InlineData(Fault.Mismatch, "upload,find,upload")]
    [InlineData(Fault.Lost, "upload,find,upload")]
    public async Task A_checkpoint_is_there_once_it_is_named(Fault fault, string calls)
    {
        _faulty.Plan.Enqueue(fault);
        var name = await _tiles.WriteCheckpointAsync("t", 12, "c0ffee", new MemoryStream([1, 2, 3]), Cancel);
        Assert.Equal("surveys/sky/tiles/t/checkpoints/0000000012-c0ffee.ckpt", name);
        Assert.Equal(calls, string.Join(',', _faulty.Calls));
        await using var stream = await _tiles.OpenCheckpointAsync(Manifest(12) with { Checkpoint = name }, Cancel);
        var bytes = new byte[3];
        await stream!.ReadExactlyAsync(bytes, Cancel);
        Assert.Equal([1, 2, 3], bytes);
    }

    [Theory]
    [InlineData(Fault.Lost)]
    [InlineData(Fault.Mismatch)]
    public async Task A_checkpoint_that_could_not_be_written_is_an_error(Fault twice)
    {
        foreach (var fault in new[] { twice, Fault.None, twice }) _faulty.Plan.Enqueue(fault);
        var e = await Assert.ThrowsAsync<StorageException>(() => _tiles.WriteCheckpointAsync("t", 1, "c", new MemoryStream([1]), Cancel));
        Assert.True(e.IsRetryable);
    }

    [Fact]
    public async Task A_manifest_that_names_a_missing_checkpoint_is_an_error_and_one_that_names_none_is_not()
    {
        Assert.Null(await _tiles.OpenCheckpointAsync(Manifest(1), Cancel));
        var e = await Assert.ThrowsAsync<StorageException>(
            () => _tiles.OpenCheckpointAsync(Manifest(1) with { Checkpoint = "gone" }, Cancel));
        Assert.Equal((StorageError.NotFound, "gone"), (e.Error, e.Blob));
    }

    [Theory]
    [InlineData(null, "9 z|10 a|10 b|11 a", "11 a")]
    [InlineData("10 b", "3 a|9 z|10 a|10 b|11 a|12 a", "10 b|11 a|12 a")]
    [InlineData("3 a", "3 a|9 z|10 a|10 b|11 a", "3 a|11 a")]
    [InlineData("3 a", "3 ab|3 a", "3 a")]
    public async Task Pruning_leaves_the_named_checkpoint_and_those_that_may_be_committed_next(string? named, string there, string expected)
    {
        var names = new Dictionary<string, string>();
        foreach (var item in there.Split('|'))
        {
            names[item] = await _tiles.WriteCheckpointAsync("t", int.Parse(
                item.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), item.Split(' ')[1], new MemoryStream([1]), Cancel);
            await _memory.WriteAsync(Path.ChangeExtension(names[item], ".ledger.json"), new byte[1], WriteCondition.Always, Cancel);
        }

        var manifest = Manifest(10) with { Checkpoint = named is null ? null : names[named] };
        Assert.Equal(
            2 * (names.Count - expected.Split('|').Length), await _tiles.PruneCheckpointsAsync(manifest, DateTimeOffset.MinValue, Cancel));
        Assert.Equal(expected.Split('|').Select(item => names[item]).Order(StringComparer.Ordinal), await CheckpointsAsync());
        // A checkpoint without a manifest for this long was left by a killed writer.
        await _tiles.PruneCheckpointsAsync(manifest, DateTimeOffset.MaxValue, Cancel);
        Assert.Equal(named is null ? [] : [names[named]], await CheckpointsAsync());
    }

    [Fact]
    public async Task The_newest_revisions_of_checkpoints_and_of_what_is_published_are_found()
    {
        var layout = new SurveyLayout("sky");
        Assert.Equal((0, 0), (await _tiles.FindNewestPublishedAsync("t", Cancel), await _tiles.FindNewestCheckpointAsync("t", Cancel)));
        foreach (var blob in new[] { layout.Maps("t", "point", null).Map(10), layout.Maps("t", "point", null)
            .Map(9), layout.Stacks("t", null).Stack(11), layout.Stacks("other", null).Stack(12) })
            await _memory.WriteAsync(blob, new byte[1], WriteCondition.Always, Cancel);
        await _tiles.WriteCheckpointAsync("t", 7, "id", new MemoryStream([1]), Cancel);
        Assert.Equal((11, 7), (await _tiles.FindNewestPublishedAsync("t", Cancel), await _tiles.FindNewestCheckpointAsync("t", Cancel)));
        await _memory.WriteAsync(layout.Coverage("t", null).Coverage(13), new byte[1], WriteCondition.Always, Cancel);
        Assert.Equal(13, await _tiles.FindNewestPublishedAsync("t", Cancel));
    }

    private async Task<List<string>> CheckpointsAsync()
    {
        var left = new List<string>();
        await foreach (var entry in _memory.ListAsync("surveys/sky/tiles/t/checkpoints/", Cancel))
            if (entry.Name.EndsWith(".ckpt", StringComparison.Ordinal)) left.Add(entry.Name);
        return left;
    }
}
