using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Verification;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

/// <summary>A survey that has stacks and gets slices.</summary>
public sealed class AddedSlicesTests : IDisposable
{
    private const string Survey = "nightly";
    private readonly TemporaryFolder _folder = new();
    private readonly IBlobStore _store;

    public AddedSlicesTests() => _store = BlobStores.Open(_folder.Path);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Its_status_says_what_to_do_until_that_is_done_and_one_observation_without_a_time_holds_nothing_up()
    {
        await using (var before = await SurveyHost.StartAsync(_store))
        {
            await before.DefineAsync(Survey);
            await _store.PutAsync("observations/1.fits", NightlySurvey.Observation(1, 51601));
            await _store.PutAsync("observations/timeless.fits", LittleSurvey.Observation(2, LittleSurvey.Everywhere) with { Gti = null });
            await before.SettledAsync(Survey, 2);
            Assert.Empty((await before.Grains.Survey(Survey).GetStatus(Cancel)).Warnings);
            var unknown = await Assert.ThrowsAsync<SurveyServiceException>(() => before.Grains.Survey(Survey).GetWindow("3d", Cancel));
            Assert.Contains(
                "expected one of all; to add a slice, add it to 'slices' in survey.json", unknown.Message, StringComparison.Ordinal);
        }

        await using (var undated = await SurveyHost.StartAsync(_store))
        {
            await undated.Grains.Survey(Survey).Define(NightlySurvey.Json(Survey, "observations/"), Cancel);
            var warning = Assert.Single((await undated.Grains.Survey(Survey).GetStatus(Cancel)).Warnings);
            Assert.StartsWith(
                "6 tiles, x000y000 among them, have observations from before the survey had slices", warning, StringComparison.Ordinal);
            Assert.Contains("tsmap verify --survey nightly --repair", warning, StringComparison.Ordinal);
            // Nobody knows what is in the slice: neither nothing nor an answer that never comes.
            var mosaic = undated.Grains.Mosaic(Survey);
            await AssertIsRefusedAsync(() => undated.Grains.Survey(Survey).GetWindow("3d", Cancel));
            await AssertIsRefusedAsync(
                () => mosaic.Candidates(new CandidateRequest("point", 5, 0, true, TimeSpan.FromSeconds(20), "3d"), Cancel));
            await AssertIsRefusedAsync(
                () => mosaic.Request(new MosaicRequest("point", "sqrt_ts", 0, true, TimeSpan.FromSeconds(20), "3d"), Cancel));
            var map = new MapRequest("point", true, TimeSpan.FromSeconds(20), Window: NightlySurvey.Window(3, 51601));
            await AssertIsRefusedAsync(() => undated.Grains.Tile(Survey, "x000y000").RequestMap(map, Cancel));
        }

        using (var verification = new SurveyVerification(_store))
            await foreach (var tile in verification.RunAsync(Survey, repair: true, Cancel)) Assert.True(
                tile.Repaired, string.Join("; ", tile.Problems));
        await using var dated = await SurveyHost.StartAsync(_store);
        var left = Assert.Single((await dated.Grains.Survey(Survey).GetStatus(Cancel)).Warnings);
        Assert.StartsWith("6 tiles, x000y000 among them, have observations whose files have no GTI", left, StringComparison.Ordinal);
        var window = (await dated.Grains.Survey(Survey).GetWindow("3d", Cancel))!;
        Assert.Equal(51601, window.LastNight);
        Assert.Equal(TicketState.Ready, (await dated.Grains.Tile(Survey, "x000y000").RequestWindow(window, Cancel)).State);
    }

    private static async Task AssertIsRefusedAsync(Func<Task> ask) =>
        Assert.Equal(ServiceError.UndatedObservations, (await Assert.ThrowsAsync<SurveyServiceException>(ask)).Error);
}
