using TsMapSurvey.Storage.Directories;

namespace TsMapSurvey.Storage.Tests.Directories;

public sealed class FolderWatchesTests
{
    private readonly List<FakeWatch> _opened = [];
    private readonly FolderWatches _watches;
    private bool _isLimitReached;

    public FolderWatchesTests() => _watches = new FolderWatches(Open);

    [Fact]
    public void A_hundred_surveys_share_one_watcher_and_the_last_one_closes_it()
    {
        var all = Enumerable.Range(0, 100).Select(_ => _watches.Add("observations/", _ => { })).ToArray();
        Assert.Equal("observations/", Assert.Single(_opened).Folder);
        foreach (var one in all[..^1]) one.Dispose();
        Assert.True(_opened[0].IsOpen);
        all[^1].Dispose();
        Assert.False(_opened[0].IsOpen);
        _watches.Add("other/", _ => { });
        Assert.Equal(["observations/", "other/"], _opened.Select(watch => watch.Folder));
    }

    [Theory]
    [InlineData("obs/a/", "obs/b/", "obs/")]
    [InlineData("obs/a/", "obs/ab/", "obs/")]
    [InlineData("obs/a/b/", "obs/a/", "obs/a/")]
    [InlineData("one/", "two/", "")]
    public void Folders_that_differ_are_watched_from_the_one_that_holds_both(string first, string second, string watched)
    {
        var told = new List<string?>();
        _watches.Add(first, hint => told.Add(hint.Name));
        _watches.Add(second, _ => { });
        Assert.Equal(watched, Assert.Single(_opened, watch => watch.IsOpen).Folder);
        // Writes during the replacement of the watcher may have been missed.
        Assert.Equal(watched == first ? [] : [null], told);
        _watches.Add(second, _ => { });
        Assert.Single(_opened, watch => watch.IsOpen);
    }

    [Fact]
    public void Each_is_told_of_its_own_folder_and_of_what_may_have_been_missed()
    {
        var (one, other) = (new List<string?>(), new List<string?>());
        _watches.Add("obs/one/", hint => one.Add(hint.Name));
        var ending = _watches.Add("obs/other/", hint => other.Add(hint.Name));
        one.Clear();
        string?[] names = ["obs/one/a.fits", "obs/other/b.fits", "obs/else.fits", "obs/one/night/", "obs/third/", "obs/", null];
        Array.ForEach(names, _opened[^1].Tell);
        Assert.Equal(["obs/one/a.fits", null, null, null], one);
        Assert.Equal(["obs/other/b.fits", null, null], other);
        ending.Dispose();
        _opened[^1].Tell("obs/other/c.fits");
        Assert.Equal(3, other.Count);
    }

    [Fact]
    public void A_limit_of_the_operating_system_is_told_and_harms_nobody_who_is_watching()
    {
        var told = new List<string?>();
        _watches.Add("obs/one/", hint => told.Add(hint.Name));
        _isLimitReached = true;
        Assert.Throws<IOException>(() => _watches.Add("else/", _ => { }));
        _opened[0].Tell("obs/one/a.fits");
        Assert.Equal(["obs/one/a.fits"], told);
        _watches.Add("obs/one/", _ => { });
    }

    private FakeWatch Open(string folder, Action<BlobHint> tell)
    {
        if (_isLimitReached) throw new IOException("The configured user limit (128) on the number of inotify instances has been reached.");
        _opened.Add(new FakeWatch(folder, tell));
        return _opened[^1];
    }

    private sealed class FakeWatch(string folder, Action<BlobHint> tell) : IDisposable
    {
        public string Folder { get; } = folder;

        public bool IsOpen { get; private set; } = true;

        public void Tell(string? name) => tell(new BlobHint(name));

        public void Dispose() => IsOpen = false;
    }
}
