using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;
using TsMapSurvey.Storage.Directories;

namespace TsMapSurvey.Storage.Tests.Directories;

/// <summary>
/// Links and special files in a store's folder: none is followed or opened, each is reported once, and everything else still works.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class LinksInAStoreTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _folder = new();
    private readonly WarningLog _log = new();
    private readonly string _root;
    private readonly IBlobStore _store;

    public LinksInAStoreTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no FIFOs");
        _root = _folder.File("store");
        Directory.CreateDirectory(At("observations/night"));
        File.WriteAllText(At("observations/a.fits"), "abc");
        File.WriteAllText(At("observations/night/b.fits"), "abc");
        _store = BlobStores.Open(_root, loggers: _log);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Kinds => new()
    {
        { "a link to its parent", ".." },
        { "a link to itself", "odd.fits" },
        { "a link to nowhere", "gone.fits" },
        { "a link to a file outside", "/etc/passwd" },
        { "a link to a folder outside", "/etc" },
        { "a link to a file beside it", "a.fits" },
        { "a FIFO", "" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_no_regular_file_is_skipped_and_named_once_and_all_else_is_listed(string what, string target)
    {
        if (target.Length == 0) MakeFifo(At("observations/odd.fits"));
        else File.CreateSymbolicLink(At("observations/odd.fits"), target);
        for (var listing = 0; listing < 2; listing++)
            Assert.Equal(["observations/a.fits", "observations/night/b.fits"], await NamesAsync("observations/"));

        var skipped = Assert.Single(_store.Skipped("observations/"));
        Assert.Equal("observations/odd.fits", skipped.Name);
        Assert.StartsWith(target.Length == 0 ? "a FIFO" : "a symbolic link", skipped.Reason, StringComparison.Ordinal);
        Assert.Contains("observations/odd.fits", Assert.Single(_log.Warnings), StringComparison.Ordinal);
        Assert.True(await _store.FindAsync("observations/odd.fits", Cancel).WaitAsync(Patience, Cancel) is null, what);
        Assert.True(await _store.ReadAsync("observations/odd.fits", Cancel).WaitAsync(Patience, Cancel) is null, what);
        Assert.True(await _store.OpenReadAsync("observations/odd.fits", null, Cancel).WaitAsync(Patience, Cancel) is null, what);
        Assert.False(await _store.DeleteAsync("observations/odd.fits", WriteCondition.Always, Cancel));

        File.Delete(At("observations/odd.fits"));
        await NamesAsync("observations/");
        Assert.Empty(_store.Skipped("observations/"));
    }

    [Fact]
    public async Task Nothing_is_read_written_or_deleted_behind_a_link_to_a_folder()
    {
        var outside = Directory.CreateDirectory(_folder.File("outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "c.fits"), "abc");
        Directory.CreateSymbolicLink(At("linked"), outside);
        Assert.Empty(await NamesAsync("linked/"));
        Assert.Equal("linked", Assert.Single(_store.Skipped("linked/")).Name);
        Assert.Equal(["observations/a.fits", "observations/night/b.fits"], await NamesAsync(""));
        Assert.Null(await _store.FindAsync("linked/c.fits", Cancel));
        Assert.Null(await _store.ReadAsync("linked/c.fits", Cancel));
        Assert.False(await _store.DeleteAsync("linked/c.fits", WriteCondition.Always, Cancel));
        var refused = await Assert.ThrowsAsync<StorageException>(
            () => _store.WriteAsync("linked/d.fits", new byte[1], WriteCondition.Always, Cancel));
        Assert.Equal(StorageError.InvalidName, refused.Error);
        Assert.Contains("linked is a symbolic link", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["c.fits"], Directory.GetFiles(outside).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_blob_takes_the_place_of_a_link_and_what_that_led_to_stays()
    {
        File.WriteAllText(_folder.File("outside"), "abc");
        File.CreateSymbolicLink(At("observations/odd.fits"), _folder.File("outside"));
        Assert.True((await _store.WriteAsync("observations/odd.fits", new byte[1], WriteCondition.IfAbsent, Cancel)).Written);
        Assert.Equal(1, (await _store.FindAsync("observations/odd.fits", Cancel))!.Length);
        Assert.Equal("abc", File.ReadAllText(_folder.File("outside")));
    }

    [Fact]
    public async Task The_stores_own_folder_may_be_a_link_and_one_file_may_have_two_names()
    {
        Directory.CreateSymbolicLink(_folder.File("link"), _root);
        Assert.Equal(0, Tools.Run("ln", [At("observations/a.fits"), At("observations/same.fits")], 60).ExitCode);
        var store = BlobStores.Open(_folder.File("link"));
        Assert.NotNull(await store.FindAsync("observations/same.fits", Cancel));
        await store.WriteAsync("observations/c.fits", new byte[1], WriteCondition.Always, Cancel);
        string[] names = ["observations/a.fits", "observations/c.fits", "observations/night/b.fits", "observations/same.fits"];
        Assert.Equal(names, await NamesAsync("observations/"));
    }

    [Fact]
    public async Task A_listing_runs_off_its_callers_scheduler_and_ends_when_it_is_cancelled()
    {
        File.CreateSymbolicLink(At("observations/odd.fits"), "..");
        var turns = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        using var ending = new CancellationTokenSource();
        await Task.Factory.StartNew(() => NamesAsync("observations/"), Cancel, TaskCreationOptions.None, turns).Unwrap();
        Assert.Same(TaskScheduler.Default, Assert.Single(_log.Schedulers));
        await ending.CancelAsync();
        var cancelled = _store.ListAsync("", ending.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cancelled.AnyAsync(CancellationToken.None));
        var skipped = new SkippedEntries(_root, _log.CreateLogger(""));
        Assert.Throws<OperationCanceledException>(() => new DirectoryListing(_root, "", "", skipped, ending.Token).Entries().Count());
    }

    private string At(string name) => Path.Combine(_root, name);

    private static void MakeFifo(string path) => Assert.Equal(0, Tools.Run("mkfifo", [path], 60).ExitCode);

    private async Task<List<string>> NamesAsync(string prefix)
    {
        var names = new List<string>();
        await foreach (var entry in _store.ListAsync(prefix, Cancel)) names.Add(entry.Name);
        return names;
    }

    private sealed class WarningLog : ILoggerFactory, ILogger
    {
        public List<string> Warnings { get; } = [];

        /// <summary>The task schedulers on which listings found the skipped entries.</summary>
        public List<TaskScheduler> Schedulers { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel != LogLevel.Warning) return;
            Warnings.Add(formatter(state, exception));
            Schedulers.Add(TaskScheduler.Current);
        }

        public void Dispose()
        {
        }
    }
}
