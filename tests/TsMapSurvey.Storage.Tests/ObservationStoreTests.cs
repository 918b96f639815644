using TsMapSurvey.Storage.Tests.Contract;
using TsMapSurvey.Storage.Tests.Faults;

namespace TsMapSurvey.Storage.Tests;

[Trait("Pace", "slow")]
public sealed class ObservationStoreTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("directory")]
    [InlineData("resilient azurite")]
    public async Task Putting_a_file_again_sends_only_what_is_not_there_yet(string kind)
    {
        using var folder = new TemporaryFolder();
        using var opened = await StoreUnderTest.OpenAsync(kind);
        var observations = new ObservationStore(opened.Store, "observations");
        foreach (var length in new[] { 0, 1000, 9_000_000 })
        {
            var (file, name) = (folder.File($"{length}"), $"night 1/run{length}.fits");
            var content = StoreUnderTest.Noise(length, 1);
            await File.WriteAllBytesAsync(file, content, Cancel);
            var first = await observations.PutAsync(file, name, null, Cancel);
            Assert.Equal((PutOutcome.Uploaded, name, length), (first.Outcome, first.Entry.Name, first.Entry.Length));
            var again = await observations.PutAsync(file, name, null, Cancel);
            Assert.Equal((PutOutcome.AlreadyThere, first.Entry.ETag), (again.Outcome, again.Entry.ETag));
            if (length == 0) continue;
            content[^1] ^= 1;
            await File.WriteAllBytesAsync(file, content, Cancel);
            var changed = await observations.PutAsync(file, name, null, Cancel);
            Assert.Equal(PutOutcome.Replaced, changed.Outcome);
            Assert.NotEqual(first.Entry.ETag, changed.Entry.ETag);
            Assert.Equal(StorageError.Changed,
                (await Assert.ThrowsAsync<StorageException>(() => observations.OpenAsync(name, first.Entry.ETag, Cancel))).Error);
            await using var stream = await observations.OpenAsync(name, changed.Entry.ETag, Cancel);
            Assert.True(await ContentHash.SameAsync(new MemoryStream(content), stream!, Cancel));
        }
    }

    [Theory]
    [InlineData("directory")]
    [InlineData("resilient azurite")]
    public async Task A_put_that_is_broken_off_leaves_no_part_and_the_next_one_goes_on(string kind)
    {
        using var folder = new TemporaryFolder();
        using var opened = await StoreUnderTest.OpenAsync(kind);
        var observations = new ObservationStore(opened.Store, "observations");
        await File.WriteAllBytesAsync(folder.File("a.fits"), StoreUnderTest.Noise(9_000_000, 1), Cancel);
        await File.WriteAllBytesAsync(folder.File("b.fits"), StoreUnderTest.Noise(14_000_000, 2), Cancel);
        var whole = await observations.PutAsync(folder.File("a.fits"), "a.fits", null, Cancel);
        using (var broken = new BreakingOff())
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => observations.PutAsync(folder.File("b.fits"), "b.fits", broken, broken.Token));
            Assert.InRange(broken.Sent, 1, 13_999_999);
        }

        Assert.Null(await new ObservationStore(opened.Other, "observations").FindAsync("b.fits", Cancel));
        Assert.Equal(
            (PutOutcome.AlreadyThere, whole.Entry.ETag), Of(await observations.PutAsync(folder.File("a.fits"), "a.fits", null, Cancel)));
        Assert.Equal(PutOutcome.Uploaded, (await observations.PutAsync(folder.File("b.fits"), "b.fits", null, Cancel)).Outcome);
        await using var there = await observations.OpenAsync("b.fits", null, Cancel);
        await using var file = File.OpenRead(folder.File("b.fits"));
        Assert.True(await ContentHash.SameAsync(file, there!, Cancel));

        static (PutOutcome, string) Of(PutResult result) => (result.Outcome, result.Entry.ETag);
    }

    [Theory]
    [InlineData("directory")]
    [InlineData("resilient azurite")]
    public async Task A_version_is_known_by_its_content_when_it_was_written_again(string kind)
    {
        using var opened = await StoreUnderTest.OpenAsync(kind);
        var observations = new ObservationStore(opened.Store, "observations");
        async Task<BlobEntry> WriteAsync(byte[] content)
        {
            await opened.Store.WriteAsync("observations/a.fits", content, WriteCondition.Always, Cancel);
            return (await observations.FindAsync("a.fits", Cancel))!;
        }

        var content = StoreUnderTest.Noise(9_000_000, 1);
        var first = await WriteAsync(content);
        var hash = await observations.HashAsync(first, Cancel);
        var again = await WriteAsync(content);
        Assert.NotEqual(first.ETag, again.ETag);
        Assert.Equal(hash, await observations.HashAsync(again, Cancel));
        await using (var stream = await observations.OpenSameContentAsync("a.fits", first.ETag, hash, Cancel)) Assert.True(
            await ContentHash.SameAsync(new MemoryStream(content), stream!, Cancel));
        Assert.Equal(StorageError.Changed,
            (await Assert.ThrowsAsync<StorageException>(
                () => observations.OpenSameContentAsync("a.fits", first.ETag, null, Cancel))).Error);
        content[^1] ^= 1;
        Assert.NotEqual(hash, await observations.HashAsync(await WriteAsync(content), Cancel));
        Assert.Equal(StorageError.Changed,
            (await Assert.ThrowsAsync<StorageException>(
                () => observations.OpenSameContentAsync("a.fits", first.ETag, hash, Cancel))).Error);
        await opened.Store.DeleteAsync("observations/a.fits", WriteCondition.Always, Cancel);
        Assert.Null(await observations.OpenSameContentAsync("a.fits", first.ETag, hash, Cancel));
    }

    [Theory]
    [InlineData(Fault.Lost, PutOutcome.Uploaded)]
    [InlineData(Fault.AnswerLost, PutOutcome.Uploaded)]
    [InlineData(Fault.DoneTwice, PutOutcome.AlreadyThere)]
    public async Task A_put_whose_answer_is_lost_or_that_another_was_faster_than_makes_one_version(Fault fault, PutOutcome outcome)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("a.fits"), StoreUnderTest.Noise(1000, 1), Cancel);
        var store = new FaultyStore(new MemoryStore());
        store.Plan.Enqueue(Fault.None);
        store.Plan.Enqueue(fault);
        var put = await new ObservationStore(store, "observations").PutAsync(folder.File("a.fits"), "a.fits", null, Cancel);
        Assert.Equal((outcome, "1"), (put.Outcome, put.Entry.ETag));
        Assert.Empty(store.Plan);
    }

    [Fact]
    public async Task A_put_to_a_store_that_stays_away_gives_up()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("a.fits"), new byte[10], Cancel);
        var store = new FaultyStore(new MemoryStore());
        for (var i = 0; i < 20; i++) store.Plan.Enqueue(i % 2 == 0 ? Fault.None : Fault.Lost);
        var failure = await Assert.ThrowsAsync<StorageException>(
            () => new ObservationStore(store, "observations").PutAsync(folder.File("a.fits"), "a.fits", null, Cancel));
        Assert.Equal((StorageError.Unavailable, 4), (failure.Error, store.Calls.Count(call => call == "upload")));
    }

    [Theory]
    [InlineData("", "observations/a.fits,observations/b/C.FITS.gz,observations/d.fit,x.fits")]
    [InlineData("observations", "a.fits,b/C.FITS.gz,d.fit")]
    [InlineData("observations/b/", "C.FITS.gz")]
    public async Task Only_fits_files_below_the_prefix_are_observations(string prefix, string expected)
    {
        using var opened = await StoreUnderTest.OpenAsync("directory");
        foreach (var name in new[] { "observations/a.fits", "observations/b/C.FITS.gz", "observations/d.fit", "observations/truth.json",
            "observations-old/e.fits~", "x.fits" })
            await opened.Store.WriteAsync(name, new byte[1], WriteCondition.Always, Cancel);
        var names = new List<string>();
        await foreach (var entry in new ObservationStore(opened.Store, prefix).ListAsync(Cancel)) names.Add(entry.Name);
        Assert.Equal(expected, string.Join(',', names));
    }

    [Theory]
    [InlineData("a.fits.fz", true)]
    [InlineData("night/A.FITS.FZ", true)]
    [InlineData("a.fz", false)]
    [InlineData("a.fits.fz.tmp", false)]
    public void Tile_compressed_files_are_observations_like_any_other(string name, bool expected) =>
        Assert.Equal(expected, ObservationStore.IsObservation(name));

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        using var opened = await StoreUnderTest.OpenAsync("directory");
        var observations = new ObservationStore(opened.Store, "observations/");
        Assert.Null(await observations.FindAsync("a.fits", Cancel));
        Assert.Null(await observations.OpenAsync("a.fits", null, Cancel));
    }

    /// <summary>Cancels the upload at its first progress.</summary>
    private sealed class BreakingOff : IProgress<long>, IDisposable
    {
        private readonly CancellationTokenSource _cancel = new();

        public CancellationToken Token => _cancel.Token;

        public long Sent { get; private set; }

        public void Report(long value)
        {
            if (!_cancel.IsCancellationRequested) Sent = value;
            _cancel.Cancel();
        }

        public void Dispose() => _cancel.Dispose();
    }
}
