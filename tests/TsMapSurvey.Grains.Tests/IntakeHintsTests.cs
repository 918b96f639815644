using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Intake;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

/// <summary>Observations that are found without a listing of all of them.</summary>
public sealed class IntakeHintsTests : IDisposable
{
    private const string Survey = "little";
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly List<string?> _followed = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_name_that_is_told_of_again_and_again_is_followed_once_and_a_moment_later()
    {
        using var hints = Hints(_ => true);
        for (var i = 0; i < 5; i++) hints.Add(new BlobHint("a"));
        hints.Add(new BlobHint("b"));
        Assert.Empty(_followed);
        _clock.Advance(IntakeHints.Delay);
        Assert.Equal(["a", "b"], _followed);
        hints.Add(new BlobHint("a"));
        _clock.Advance(IntakeHints.Delay);
        Assert.Equal(["a", "b", "a"], _followed);
    }

    [Fact]
    public void What_is_in_the_making_is_asked_for_again_until_it_is_done()
    {
        using var hints = Hints(_ => _followed.Count >= 3);
        hints.Add(new BlobHint("a"));
        for (var i = 0; i < 10; i++) _clock.Advance(IntakeHints.Delay);
        Assert.Equal(["a", "a", "a"], _followed);
    }

    [Fact]
    public void Where_something_was_missed_or_too_much_was_told_all_is_looked_at()
    {
        using var hints = Hints(_ => true);
        hints.Add(new BlobHint("a"));
        hints.Add(default);
        _clock.Advance(IntakeHints.Delay);
        Assert.Equal([null], _followed);
        for (var i = 0; i < 10_000; i++) hints.Add(new BlobHint($"{i}"));
        _clock.Advance(IntakeHints.Delay);
        Assert.Equal([null, null], _followed);
    }

    [Fact]
    public void What_is_complete_is_followed_at_once_whatever_else_is_in_the_making()
    {
        using var hints = Hints(hint => hint.IsComplete);
        hints.Add(new BlobHint("a"));
        hints.Add(new BlobHint("b", IsComplete: true));
        hints.Add(new BlobHint("a", IsComplete: true));
        Assert.Equal(["b", "a"], _followed);
        _clock.Advance(IntakeHints.Delay);
        Assert.Equal(["b", "a", "a"], _followed);
    }

    [Fact]
    public void What_is_complete_and_cannot_be_followed_is_followed_after_the_delay()
    {
        using var hints = Hints(_ => _followed.Count >= 2);
        hints.Add(new BlobHint("a", IsComplete: true));
        Assert.Equal(["a"], _followed);
        _clock.Advance(IntakeHints.Delay);
        Assert.Equal(["a", "a"], _followed);
    }

    [Fact]
    public async Task A_folder_tells_of_observations_by_itself()
    {
        await using var host = await SurveyHost.StartAsync(
            BlobStores.Open(_folder.Path), options: SurveyHost.Quick with { ReconcileEvery = TimeSpan.FromDays(1) });
        await host.DefineAsync(Survey);
        await Until.TrueAsync(async () => (await host.Grains.Intake(Survey).GetReport(CancellationToken.None)).ReconciledAt is not null);
        await BlobStores.Open(_folder.Path).PutAsync("observations/one.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await StackedAsync(host, 1);
        // A folder that is moved there whole: nobody tells of the files in it.
        await BlobStores.Open(_folder.Path).PutAsync("night/two.fits", LittleSurvey.Observation(2, LittleSurvey.Everywhere));
        Directory.Move(_folder.File("night"), _folder.File("observations", "night"));
        await StackedAsync(host, 2);
    }

    [Fact]
    public async Task What_comes_after_all_known_names_does_not_wait_for_a_slow_listing()
    {
        var store = new SlowlyListed(BlobStores.Open(_folder.Path));
        await store.PutAsync("observations/one.fits", LittleSurvey.Observation(1, LittleSurvey.Everywhere));
        await using var host = await SurveyHost.StartAsync(store);
        await host.DefineAsync(Survey);
        Assert.True(await host.Grains.Intake(Survey).Notify("one.fits", CancellationToken.None));
        await store.PutAsync("observations/two.fits", LittleSurvey.Observation(2, LittleSurvey.Everywhere));
        await StackedAsync(host, 2);
    }

    private IntakeHints Hints(Func<BlobHint, bool> isDone) => new(hint =>
    {
        _followed.Add(hint.Name);
        return Task.FromResult(isDone(hint));
    }, _clock, CancellationToken.None, new Inline());

    private static Task StackedAsync(SurveyHost host, int count) =>
        Until.TrueAsync(async () => (await host.StatesAsync(Survey)).GetValueOrDefault(ObservationState.Stacked) == count);

    /// <summary>Runs what is queued at once, so that a test knows when it was.</summary>
    private sealed class Inline : TaskScheduler
    {
        protected override IEnumerable<Task> GetScheduledTasks() => [];

        protected override void QueueTask(Task task) => TryExecuteTask(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);
    }

    /// <summary>
    /// A store whose whole listing takes long and never shows what is new: that is found by looking from a name on, or not at all.
    /// </summary>
    private sealed class SlowlyListed(IBlobStore inner) : IBlobStore
    {
        public string Description => inner.Description;

        public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (prefix == "observations/")
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
                yield break;
            }

            await foreach (var entry in inner.ListAsync(prefix, cancellationToken)) yield return entry;
        }

        public IAsyncEnumerable<BlobEntry> ListFromAsync(string prefix, string from, CancellationToken cancellationToken) =>
            inner.ListFromAsync(prefix, from, cancellationToken);

        public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) => inner.FindAsync(name, cancellationToken);

        public Task<BlobContent?> ReadAsync(string name, CancellationToken cancellationToken) => inner.ReadAsync(name, cancellationToken);

        public Task<Stream?> OpenReadAsync(string name, string? ifMatch, CancellationToken cancellationToken) =>
            inner.OpenReadAsync(name, ifMatch, cancellationToken);

        public Task<WriteResult> WriteAsync(
            string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
            inner.WriteAsync(name, content, condition, cancellationToken);

        public Task<WriteResult> WriteAsync(
            string name, Stream content, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken) =>
            inner.WriteAsync(name, content, condition, progress, cancellationToken);

        public Task<bool> DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken) =>
            inner.DeleteAsync(name, condition, cancellationToken);
    }
}
