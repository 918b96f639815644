using System.Threading.Channels;

namespace TsMapSurvey.Storage.Tests.Directories;

public sealed class FolderWatchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder _folder = new();
    private readonly Channel<string?> _told = Channel.CreateUnbounded<string?>();
    private readonly IBlobStore _store;
    private readonly IDisposable _watch;

    public FolderWatchTests()
    {
        _store = BlobStores.Open(_folder.Path);
        _watch = _store.Watch("observations/", name => _told.Writer.TryWrite(name))!;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _watch.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_folder_store_tells_of_what_it_writes_there_and_of_nothing_else()
    {
        await _store.WriteAsync("surveys/record.json", new byte[1], WriteCondition.Always, Cancel);
        await _store.WriteAsync("observations/a.fits", new byte[1], WriteCondition.Always, Cancel);
        Assert.Equal("observations/a.fits", await NextAsync());
        await _store.WriteAsync("observations/a.fits", new byte[2], WriteCondition.Always, Cancel);
        Assert.Equal("observations/a.fits", await NextAsync());
    }

    [Fact]
    public async Task It_tells_of_files_that_other_programs_write_or_move_there()
    {
        await File.WriteAllTextAsync(_folder.File("elsewhere"), "x", Cancel);
        File.Move(_folder.File("elsewhere"), _folder.File("observations", "moved.fits"));
        Assert.Equal("observations/moved.fits", await NextAsync());
        await File.WriteAllTextAsync(_folder.File("observations", "copied.fits"), "x", Cancel);
        Assert.Equal("observations/copied.fits", await NextAsync());
    }

    [Fact]
    public async Task Of_a_folder_that_comes_with_files_in_it_it_says_that_all_has_to_be_looked_at()
    {
        Directory.CreateDirectory(_folder.File("night"));
        await File.WriteAllTextAsync(_folder.File("night", "a.fits"), "x", Cancel);
        Directory.Move(_folder.File("night"), _folder.File("observations", "night"));
        Assert.Null(await NextAsync());
    }

    [Fact]
    public void A_store_that_does_not_tell_says_so() =>
        Assert.Null(((IBlobStore)new Faults.MemoryStore()).Watch("observations/", _ => { }));

    private async Task<string?> NextAsync() => await _told.Reader.ReadAsync(Cancel).AsTask().WaitAsync(Patience, Cancel);
}
