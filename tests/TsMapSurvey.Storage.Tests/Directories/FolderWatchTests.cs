using System.Threading.Channels;
using TsMapSurvey.Storage.Directories;

namespace TsMapSurvey.Storage.Tests.Directories;

/// <summary>What this system's watcher tells, and the one that .NET has for all systems.</summary>
public sealed class FolderWatchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder _folder = new();
    private readonly Channel<BlobHint> _told = Channel.CreateUnbounded<BlobHint>();
    private readonly IBlobStore _store;
    private readonly List<IDisposable> _watches = [];

    public FolderWatchTests() => _store = BlobStores.Open(_folder.Path);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _watches.ForEach(watch => watch.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task A_folder_store_tells_of_what_it_writes_there_and_of_nothing_else()
    {
        _watches.Add(_store.Watch("observations/", hint => _told.Writer.TryWrite(hint))!);
        await _store.WriteAsync("surveys/record.json", new byte[1], WriteCondition.Always, Cancel);
        await _store.WriteAsync("observations/a.fits", new byte[1], WriteCondition.Always, Cancel);
        Assert.Equal("observations/a.fits", (await NextAsync()).Name);
        await _store.WriteAsync("observations/a.fits", new byte[2], WriteCondition.Always, Cancel);
        Assert.Equal("observations/a.fits", (await NextAsync()).Name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_tells_of_files_that_other_programs_write_or_move_there(bool isPortable)
    {
        Watch(isPortable);
        Move("moved.fits");
        Assert.Equal("observations/moved.fits", (await NextAsync()).Name);
        await WriteAsync("observations", "copied.fits");
        Assert.Equal(new BlobHint("observations/copied.fits"), await NextAsync());
        Directory.CreateDirectory(_folder.File("observations", "deep"));
        await UntilAsync("observations/deep/");
        Move("deep/moved.fits");
        await UntilAsync("observations/deep/moved.fits");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_is_renamed_is_complete_and_one_that_is_hidden_is_none(bool isPortable)
    {
        Watch(isPortable);
        await WriteAsync("observations", ".a.fits.part");
        File.Move(_folder.File("observations", ".a.fits.part"), _folder.File("observations", "a.fits"));
        Assert.Equal(new BlobHint("observations/a.fits", IsComplete: true), await NextAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_that_comes_with_files_in_it_is_told_with_a_slash(bool isPortable)
    {
        Watch(isPortable);
        Directory.CreateDirectory(_folder.File("night"));
        await WriteAsync("night", "a.fits");
        Directory.Move(_folder.File("night"), _folder.File("observations", "night"));
        Assert.Equal("observations/night/", (await NextAsync()).Name);
    }

    [Fact]
    public async Task Linux_tells_a_file_that_comes_from_elsewhere_from_one_that_is_being_written()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the other systems' watchers do not tell them apart");
        Watch(isPortable: false);
        Move("moved.fits");
        Assert.Equal(new BlobHint("observations/moved.fits", IsComplete: true), await NextAsync());
        using (var file = File.Create(_folder.File("observations", "written.fits")))
        {
            Assert.Equal(new BlobHint("observations/written.fits"), await NextAsync());
            await file.WriteAsync(new byte[10], Cancel);
        }

        Assert.Equal(new BlobHint("observations/written.fits"), await NextAsync());
        // What tsmap put does, in another process.
        var stored = new ObservationStore(BlobStores.Open(_folder.Path), "observations/");
        await WriteAsync("", "put.fits");
        await stored.PutAsync(_folder.File("put.fits"), "put.fits", null, Cancel);
        Assert.Equal(new BlobHint("observations/put.fits", IsComplete: true), await NextAsync());
    }

    [Fact]
    public async Task A_folder_that_was_moved_away_tells_nothing_and_tells_again_under_its_next_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux watches each folder, the other systems the tree");
        Directory.CreateDirectory(_folder.File("observations", "one", "deep"));
        Watch(isPortable: false);
        Directory.Move(_folder.File("observations", "one"), _folder.File("elsewhere"));
        await WriteAsync("elsewhere/deep", "a.fits");
        Directory.Move(_folder.File("elsewhere"), _folder.File("observations", "two"));
        Assert.Equal("observations/two/", (await NextAsync()).Name);
        Move("two/deep/b.fits");
        Assert.Equal(new BlobHint("observations/two/deep/b.fits", IsComplete: true), await NextAsync());
    }

    [Fact]
    public async Task After_its_end_it_tells_nothing()
    {
        Watch(isPortable: false);
        _watches[0].Dispose();
        Move("a.fits");
        Watch(isPortable: false);
        Move("b.fits");
        Assert.Equal("observations/b.fits", (await NextAsync()).Name);
    }

    [Fact]
    public void A_folder_that_is_missing_cannot_be_watched() =>
        Assert.ThrowsAny<Exception>(() => FolderWatch.Open(_folder.Path, _folder.File("missing"), _ => { }));

    [Fact]
    public async Task Of_a_folder_that_comes_with_files_in_it_the_store_says_that_all_has_to_be_looked_at()
    {
        _watches.Add(_store.Watch("observations/", hint => _told.Writer.TryWrite(hint))!);
        Directory.CreateDirectory(_folder.File("night"));
        await WriteAsync("night", "a.fits");
        Directory.Move(_folder.File("night"), _folder.File("observations", "night"));
        Assert.Equal(default, await NextAsync());
    }

    [Fact]
    public void A_store_that_does_not_tell_says_so() =>
        Assert.Null(((IBlobStore)new Faults.MemoryStore()).Watch("observations/", _ => { }));

    private void Watch(bool isPortable)
    {
        var folder = _folder.File("observations");
        Directory.CreateDirectory(folder);
        void Tell(BlobHint hint) => _told.Writer.TryWrite(hint);
        _watches.Add(isPortable ? new FolderWatch(_folder.Path, folder, Tell) : FolderWatch.Open(_folder.Path, folder, Tell));
    }

    /// <summary>Writes a file where nobody watches, and moves it.</summary>
    private void Move(string name)
    {
        File.WriteAllText(_folder.File("outside"), "x");
        File.Move(_folder.File("outside"), _folder.File(["observations", .. name.Split('/')]));
    }

    private Task WriteAsync(string folder, string name) => File.WriteAllTextAsync(_folder.File(folder, name), "x", Cancel);

    private async Task UntilAsync(string name)
    {
        while ((await NextAsync()).Name != name)
        {
        }
    }

    private async Task<BlobHint> NextAsync() => await _told.Reader.ReadAsync(Cancel).AsTask().WaitAsync(Patience, Cancel);
}
