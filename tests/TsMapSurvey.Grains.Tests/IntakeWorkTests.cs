using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Intake;
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
        var clock = new FakeTimeProvider(written + IntakeHints.Delay / 2);
        var work = Work(clock);
        Assert.False(await work.FollowAsync(new BlobHint("one.fits")));
        Assert.Equal(0, work.Report.InLine);
        clock.Advance(IntakeHints.Delay);
        Assert.True(await work.FollowAsync(new BlobHint("one.fits")));
        Assert.Equal(1, work.Report.InLine);
        // A time to come says nothing: the store's clock may be ahead.
        Assert.True(await Work(new FakeTimeProvider(written - TimeSpan.FromHours(1))).FollowAsync(new BlobHint("one.fits")));
    }

    [Fact]
    public async Task What_is_known_to_be_complete_is_looked_at_at_once()
    {
        await _store.WriteAsync("observations/one.fits", new byte[10], WriteCondition.Always, Cancel);
        var work = Work(new FakeTimeProvider((await _store.FindAsync("observations/one.fits", Cancel))!.LastModified));
        Assert.True(await work.FollowAsync(new BlobHint("one.fits", IsComplete: true)));
        Assert.Equal(1, work.Report.InLine);
    }

    [Fact]
    public void What_is_heard_late_changes_nothing()
    {
        var work = Work(new FakeTimeProvider());
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        work.NotifyChanged(Status(ObservationState.Retracted, at + TimeSpan.FromSeconds(2)));
        work.NotifyChanged(Status(ObservationState.Stacked, at + TimeSpan.FromSeconds(1)));
        Assert.Equal(ObservationState.Retracted, Assert.Single(work.PageOf(null, null, 10).Items).State);
        work.NotifyChanged(Status(ObservationState.Stacked, at + TimeSpan.FromSeconds(3)));
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

    [Fact]
    public async Task An_observation_whose_file_has_vanished_is_marked_and_warned_of_until_it_is_back()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var work = Work(clock);
        foreach (var name in new[] { "one.fits", "two.fits" })
        {
            await _store.WriteAsync($"observations/{name}", new byte[10], WriteCondition.Always, Cancel);
            work.NotifyChanged(Status(ObservationState.Stacked, clock.GetUtcNow() - TimeSpan.FromHours(1), name));
        }

        work.NotifyChanged(Status(ObservationState.Retracted, clock.GetUtcNow() - TimeSpan.FromHours(1), "taken-out.fits"));
        await work.ListAsync();
        Assert.Empty(work.Report.Warnings);
        await _store.DeleteAsync("observations/two.fits", WriteCondition.Always, Cancel);
        await work.ListAsync();
        Assert.Equal(
            "the files of 1 observation that tiles hold are missing in the store: two.fits; put them back, or remove the observations with "
            + "tsmap retract",
            Assert.Single(work.Report.Warnings));
        Assert.Equal(["two.fits"], work.PageOf(null, null, 10).Items.Where(entry => entry.IsMissing).Select(entry => entry.Name));
        await _store.WriteAsync("observations/two.fits", new byte[10], WriteCondition.Always, Cancel);
        await work.ListAsync();
        Assert.Empty(work.Report.Warnings);
    }

    [Fact]
    public void One_observation_under_two_names_is_warned_of_until_one_of_them_is_taken_out()
    {
        var (work, at) = (Work(new FakeTimeProvider()), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        work.NotifyChanged(Status(ObservationState.Stacked, at, "one.fits") with { Identity = "obs 7 of then" });
        work.NotifyChanged(Status(ObservationState.Stacked, at, "else.fits") with { Identity = "obs 8 of then" });
        Assert.Empty(work.Report.Warnings);
        work.NotifyChanged(Status(ObservationState.Stacked, at, "copy.fits") with { Identity = "obs 7 of then" });
        Assert.Equal(
            "1 observation stacked under several names and counted once per name: copy.fits and one.fits are both obs 7 of then; "
                + "remove all but one name with tsmap retract",
            Assert.Single(work.Report.Warnings));
        work.NotifyChanged(
            Status(ObservationState.Retracted, at + TimeSpan.FromSeconds(1), "copy.fits") with { Identity = "obs 7 of then" });
        Assert.Empty(work.Report.Warnings);
    }

    private static ObservationStatus Status(ObservationState state, DateTimeOffset changedAt, string name = "one.fits") =>
        new(name, "etag", state, null, [], changedAt, null, null, changedAt, "etag", null, []);

    private IntakeWork Work(TimeProvider clock) =>
        new(new SurveySetup(LittleSurvey.Resolved, null, _store), null!, SurveyHost.Quick with { ObservationsInFlight = 0 }, clock,
            NullLogger.Instance, Cancel);
}
