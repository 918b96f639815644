using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tests;

/// <summary>How decisions about an observation are written down: each after the one that it was made of, or not at all.</summary>
public sealed class ObservationKeeperTests : IDisposable
{
    private const string Blob = "surveys/any/observations/one.fits.json";
    private readonly TemporaryFolder _folder = new();
    private readonly FaultyStore _store;
    private readonly SurveySetup _setup;
    private readonly ObservationRecords _records;

    public ObservationKeeperTests()
    {
        _store = new FaultyStore(BlobStores.Open(_folder.Path));
        _setup = new SurveySetup(LittleSurvey.Resolved, null, _store);
        _records = new ObservationRecords(_store, "any");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_two_writers_of_a_record_the_second_learns_that_it_is_late()
    {
        var first = await _records.WriteAsync(Record("1"), null, Cancel);
        Assert.Null(await _records.WriteAsync(Record("2"), null, Cancel));
        var second = await _records.WriteAsync(Record("3"), first!.ETag, Cancel);
        Assert.Null(await _records.WriteAsync(Record("4"), first.ETag, Cancel));
        var found = await _records.ReadAsync("one.fits", Now, Cancel);
        Assert.Equal(("3", second!.ETag), (found!.Record.ETag, found.ETag));
    }

    [Fact]
    public async Task A_write_whose_answer_is_lost_is_found_in_the_store()
    {
        _store.FailWrites(Blob, Fault.AnswerLost);
        var written = await _records.WriteAsync(Record("1"), null, Cancel);
        Assert.Equal((await _records.ReadAsync("one.fits", Now, Cancel))!.ETag, written!.ETag);
    }

    [Fact]
    public async Task A_write_that_is_lost_is_no_write_whatever_is_in_the_store()
    {
        _store.FailWrites(Blob, Fault.Lost);
        await Assert.ThrowsAsync<StorageException>(() => _records.WriteAsync(Record("1"), null, Cancel));
        Assert.Null(await _records.ReadAsync("one.fits", Now, Cancel));
        await _records.WriteAsync(Record("another's"), null, Cancel);
        _store.FailWrites(Blob, Fault.Lost);
        await Assert.ThrowsAsync<StorageException>(() => _records.WriteAsync(Record("1"), null, Cancel));
        Assert.Equal("another's", (await _records.ReadAsync("one.fits", Now, Cancel))!.Record.ETag);
    }

    [Fact]
    public async Task A_decision_that_could_not_be_written_is_not_remembered()
    {
        var (keeper, seen) = await SeenAsync();
        _store.FailWrites(Blob, Fault.Lost, times: 5);
        await Assert.ThrowsAsync<StorageException>(() => keeper.SaveAsync(seen, seen.Planned("hash", ["x"], Now), Cancel));
        Assert.Same(seen, keeper.Record);
    }

    [Fact]
    public async Task A_decision_of_an_older_state_is_not_written()
    {
        var (keeper, seen) = await SeenAsync();
        Assert.True(await keeper.SaveAsync(seen, seen.Planned("hash", ["x"], Now), Cancel));
        Assert.False(await keeper.SaveAsync(seen, seen.Removed(RecordState.Retracted, "late", Now), Cancel));
        Assert.Equal(RecordState.Planned, keeper.Record!.State);
        Assert.Equal(RecordState.Planned, (await _records.ReadAsync("one.fits", Now, Cancel))!.Record.State);
        Assert.False(keeper.TryReplace(seen, seen with { State = RecordState.Stacking }));
    }

    [Fact]
    public async Task A_decision_that_another_activation_has_overtaken_is_refused()
    {
        var (keeper, seen) = await SeenAsync();
        await keeper.SaveAsync(seen, seen.Planned("hash", ["x"], Now), Cancel);
        var other = await ObservationKeeper.OpenAsync(_setup, "one.fits", TimeProvider.System, (_, _, _) => { }, Cancel);
        await other.SaveAsync(other.Record!, other.Record!.Stacked(Now), Cancel);
        var late = await Assert.ThrowsAsync<SurveyServiceException>(
            () => keeper.SaveAsync(keeper.Record!, keeper.Record!.Removed(RecordState.Retracted, "late", Now), Cancel));
        Assert.Equal(ServiceError.LostRace, late.Error);
        Assert.Equal(
            ServiceError.LostRace, (await Assert.ThrowsAsync<SurveyServiceException>(() => keeper.EnsureNewestAsync(Cancel))).Error);
        await other.EnsureNewestAsync(Cancel);
    }

    [Fact]
    public async Task Of_many_states_the_last_twenty_are_kept()
    {
        var (keeper, _) = await SeenAsync();
        for (var i = 0; i < 30; i++)
        {
            var record = keeper.Record!;
            var state = i % 2 == 0 ? RecordState.Stacked : RecordState.Changed;
            Assert.True(await keeper.SaveAsync(record, record with { State = state, Reason = $"step {i}" }, Cancel));
        }

        Assert.Equal(Enumerable.Range(10, 20).Select(i => $"step {i}"), keeper.Record!.History.Select(step => step.Reason));
        Assert.Equal(keeper.Record.History, (await _records.ReadAsync("one.fits", Now, Cancel))!.Record.History);
    }

    private static ObservationRecord Record(string eTag) => ObservationLife.New(new ObservationRef("one.fits", eTag), Now);

    private async Task<(ObservationKeeper Keeper, ObservationRecord Seen)> SeenAsync()
    {
        await _store.PutAsync("observations/one.fits", LittleSurvey.Observation(1, new PixelRegion(0, 0, 6, 6)));
        var keeper = await ObservationKeeper.OpenAsync(_setup, "one.fits", TimeProvider.System, (_, _, _) => { }, Cancel);
        await keeper.CheckStoreAsync(Cancel);
        return (keeper, keeper.Record!);
    }
}
