using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

/// <summary>What an intake puts into its list and its line; nothing is sent on, for which there is no room.</summary>
public sealed class IntakeWorkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IBlobStore _store;

    public IntakeWorkTests() => _store = BlobStores.Open(_folder.Path);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_written_just_now_is_looked_at_a_moment_later()
    {
        await _store.WriteAsync("observations/one.fits", new byte[10], WriteCondition.Always, Cancel);
        var written = (await _store.FindAsync("observations/one.fits", Cancel))!.LastModified;
        var clock = new FakeTimeProvider(written + IntakeHints.Moment / 2);
        var work = Work(clock);
        Assert.False(await work.FollowAsync("one.fits"));
        Assert.Equal(0, work.Report.InLine);
        clock.Advance(IntakeHints.Moment);
        Assert.True(await work.FollowAsync("one.fits"));
        Assert.Equal(1, work.Report.InLine);
        // A time to come says nothing: the store's clock may be ahead.
        Assert.True(await Work(new FakeTimeProvider(written - TimeSpan.FromHours(1))).FollowAsync("one.fits"));
    }

    [Fact]
    public void What_is_heard_late_changes_nothing()
    {
        var work = Work(new FakeTimeProvider());
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        work.Hear(Status(ObservationState.Retracted, at + TimeSpan.FromSeconds(2)));
        work.Hear(Status(ObservationState.Stacked, at + TimeSpan.FromSeconds(1)));
        Assert.Equal(ObservationState.Retracted, Assert.Single(work.PageOf(null, null, 10).Items).State);
        work.Hear(Status(ObservationState.Stacked, at + TimeSpan.FromSeconds(3)));
        Assert.Equal(ObservationState.Stacked, Assert.Single(work.PageOf(null, null, 10).Items).State);
    }

    [Fact]
    public async Task What_is_no_file_is_skipped_and_told_in_the_report()
    {
        await _store.WriteAsync("observations/one.fits", new byte[10], WriteCondition.Always, Cancel);
        File.CreateSymbolicLink(_folder.File("observations", "up"), "..");
        File.CreateSymbolicLink(_folder.File("observations", "self.fits"), "self.fits");
        var work = Work(new FakeTimeProvider());
        await work.ListAsync();
        Assert.Equal((1, 1, null), (work.Report.InLine, work.Report.States.Sum(state => state.Count), work.Report.Fault));
        Assert.Equal(
            ["observations/self.fits: a symbolic link, which is not followed", "observations/up: a symbolic link, which is not followed"],
            work.Report.Skipped);
    }

    private static ObservationStatus Status(ObservationState state, DateTimeOffset changedAt) =>
        new("one.fits", "etag", state, null, [], changedAt, null, null, changedAt, "etag", null, []);

    private IntakeWork Work(TimeProvider clock) =>
        new(new SurveySetup(LittleSurvey.Resolved, null, _store), null!, SurveyHost.Quick with { ObservationsInFlight = 0 }, clock, NullLogger.Instance, Cancel);
}
