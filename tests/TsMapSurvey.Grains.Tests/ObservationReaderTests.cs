using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Grains.Tests;

/// <summary>What a silo keeps of the observations that it has read, and for whom.</summary>
public sealed class ObservationReaderTests : IDisposable
{
    private static readonly PixelRegion Small = new(0, 0, 6, 6);
    private readonly TemporaryFolder _folder = new();
    private readonly IBlobStore _store;
    private readonly SurveySetup _setup;

    public ObservationReaderTests()
    {
        _store = BlobStores.Open(_folder.Path);
        _setup = new SurveySetup(LittleSurvey.Resolved, null, _store);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_large_observation_drives_out_as_many_small_ones_as_it_needs_room()
    {
        ObservationRef[] small =
            [await PutAsync("1.fits", 1, Small), await PutAsync("2.fits", 2, Small), await PutAsync("3.fits", 3, Small)];
        var large = await PutAsync("large.fits", 4, LittleSurvey.Everywhere);
        var (bytes, largeBytes) =
            (DatasetBytes.Of(LittleSurvey.Observation(1, Small)), DatasetBytes.Of(LittleSurvey.Observation(4, LittleSurvey.Everywhere)));
        Assert.InRange(largeBytes, bytes + 1, long.MaxValue);
        // All three fit; the large one leaves room for one of them.
        using var reader = new ObservationReader(SurveyHost.Quick with { ObservationBytes = long.Max(3 * bytes, largeBytes + bytes) });
        foreach (var reference in small) (await reader.ReadAsync(_setup, reference, Cancel)).Dispose();
        Assert.All(small, reference => Assert.Equal(bytes, reader.BytesOf(_setup.Name, reference)));
        (await reader.ReadAsync(_setup, large, Cancel)).Dispose();
        Assert.Equal([null, null, bytes, largeBytes], small.Append(large).Select(reference => reader.BytesOf(_setup.Name, reference)));
        // What is gone is read again, what is kept is not.
        Assert.Equal(4, reader.DecodedCount);
        (await reader.ReadAsync(_setup, small[2], Cancel)).Dispose();
        Assert.Equal(4, reader.DecodedCount);
        (await reader.ReadAsync(_setup, small[1], Cancel)).Dispose();
        Assert.Equal(5, reader.DecodedCount);
    }

    [Fact]
    public async Task One_that_is_larger_than_all_the_room_is_read_and_not_kept()
    {
        var large = await PutAsync("large.fits", 4, LittleSurvey.Everywhere);
        using var reader = new ObservationReader(SurveyHost.Quick with { ObservationBytes = 1 });
        using var lease = await reader.ReadAsync(_setup, large, Cancel);
        Assert.Null(reader.BytesOf(_setup.Name, large));
        Assert.Equal(LittleSurvey.Observation(4, LittleSurvey.Everywhere).Counts!.Data,
            ((AlignedData)lease.Observation).Dataset.Counts!.Data);
    }

    [Fact]
    public async Task One_that_is_larger_than_the_limit_is_refused_unread()
    {
        var reference = await PutAsync("1.fits", 1, Small);
        var length = (await _store.FindAsync("observations/1.fits", Cancel))!.Length;
        using var reader = new ObservationReader(SurveyHost.Quick with { MaxObservationBytes = length - 1 });
        var refused = await Assert.ThrowsAsync<UnusableException>(() => reader.ReadAsync(_setup, reference, Cancel));
        Assert.Equal($"1.fits: found {length} bytes, expected at most {length - 1}", refused.Message);
        Assert.Equal(0, reader.DecodedCount);
    }

    [Fact]
    public async Task What_was_read_for_one_survey_is_checked_again_for_another_with_other_axes()
    {
        var reference = await PutAsync("1.fits", 1, Small);
        var other = new SurveySetup(Survey.Resolve(SurveyDefinition.Parse(
            LittleSurvey.Json("other", "observations/").Replace("\"bins\": 2", "\"bins\": 4", StringComparison.Ordinal))), null, _store);
        using var reader = new ObservationReader(SurveyHost.Quick);
        using var lease = await reader.ReadAsync(_setup, reference, Cancel);
        await Assert.ThrowsAsync<UnusableException>(() => reader.ReadAsync(other, reference, Cancel));
        // Nor does the refusal of the one take it from the other.
        using var again = await reader.ReadAsync(_setup, reference, Cancel);
        Assert.Same(lease.Observation, again.Observation);
    }

    [Fact]
    public async Task A_reading_that_failed_is_no_answer_to_the_next_who_asks()
    {
        var reference = await PutAsync("1.fits", 1, Small);
        var faulty = new FaultyStore(_store);
        faulty.FailNextOpen("observations/1.fits");
        var setup = new SurveySetup(LittleSurvey.Resolved, null, faulty);
        using var reader = new ObservationReader(SurveyHost.Quick);
        await Assert.ThrowsAsync<StorageException>(() => reader.ReadAsync(setup, reference, Cancel));
        using var lease = await reader.ReadAsync(setup, reference, Cancel);
        Assert.Equal(1, reader.DecodedCount);
    }

    [Fact]
    public async Task A_version_that_the_store_has_no_longer_is_gone_and_not_bad()
    {
        var reference = await PutAsync("1.fits", 1, Small);
        using var reader = new ObservationReader(SurveyHost.Quick);
        await PutAsync("1.fits", 2, Small);
        var gone = await Assert.ThrowsAsync<UnusableException>(() => reader.ReadAsync(_setup, reference, Cancel));
        Assert.Equal((true, false), (gone.IsGone, gone.IsInternal));
        await _store.DeleteAsync("observations/1.fits", WriteCondition.Always, Cancel);
        Assert.True((await Assert.ThrowsAsync<UnusableException>(() => reader.ReadAsync(_setup, reference, Cancel))).IsGone);
    }

    [Fact]
    public async Task What_was_read_before_its_hash_was_known_is_not_read_again_with_it()
    {
        var reference = await PutAsync("1.fits", 1, Small);
        using var reader = new ObservationReader(SurveyHost.Quick);
        using var lease = await reader.ReadAsync(_setup, reference with { Hash = null }, Cancel);
        reader.Identify(_setup.Name, reference with { Hash = null }, reference.Hash!);
        using var again = await reader.ReadAsync(_setup, reference, Cancel);
        Assert.Same(lease.Observation, again.Observation);
        Assert.NotNull(reader.BytesOf(_setup.Name, reference));
        // Evicted under the name that it has now.
        reader.Forget(_setup.Name, reference);
        Assert.Null(reader.BytesOf(_setup.Name, reference));
        Assert.Null(reader.BytesOf(_setup.Name, reference with { Hash = null }));
        reader.Identify(_setup.Name, reference with { Hash = null }, reference.Hash!);
        Assert.Null(reader.BytesOf(_setup.Name, reference));
    }

    private async Task<ObservationRef> PutAsync(string name, int seed, PixelRegion region)
    {
        await _store.PutAsync($"observations/{name}", LittleSurvey.Observation(seed, region));
        var entry = (await _setup.Observations.FindAsync(name, Cancel))!;
        return new ObservationRef(name, entry.ETag, await _setup.Observations.HashAsync(entry, Cancel));
    }
}
