using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Grains.Tiles;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tests;

/// <summary>A tile whose checkpoint, or the ledger beside it, is not what its manifest says.</summary>
public sealed class TileCommitTests : TileOfAStore
{
    private readonly MapDataset[] _observations =
        [.. Enumerable.Range(1, 4).Select(seed => LittleSurvey.Observation(seed, LittleSurvey.Everywhere))];

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_checkpoint_of_another_number_of_observations_is_made_again_from_the_ledger(int observations)
    {
        var checkpoint = await CommitAsync();
        var other = new DatasetStack(LittleSurvey.Resolved.GridWithHalo(Tile), StackTemplate.Of(_observations[0]));
        foreach (var observation in _observations[..observations]) other.Add(observation);
        using var content = new MemoryStream();
        other.Write(content);
        await Store.WriteAsync(checkpoint, content.ToArray(), WriteCondition.Always, Cancel);
        var stack = Activate();
        Expected.AssertSame(LittleSurvey.Offline(Tile, _observations[..3]), (await stack.FreezeAsync(Cancel))!.Dataset);
        // It is put right in the store too, by a revision of its own.
        var head = await stack.HeadAsync(Cancel);
        Assert.NotEqual(checkpoint, head.Stored!.Manifest.Checkpoint);
        Assert.Equal(3, head.Ledger.Entries.Count);
    }

    [Fact]
    public async Task A_ledger_that_is_missing_is_damage_and_not_an_empty_one()
    {
        await Store.DeleteAsync(LedgerOf(await CommitAsync()), WriteCondition.Always, Cancel);
        await AssertDamagedAsync("found nothing, expected the checkpoint's ledger");
    }

    [Theory]
    [InlineData("""{"schema":2,"entries":[]}""", "found 0 observations in its ledger, expected 3")]
    [InlineData("""[{"observation":"1.fits","eTag":"x"},{"observation":"2.fits","eTag":"x"},{"observation":"3.fits","eTag":"x"},{"observation":"4.fits","eTag":"x"}]""", "found 4 observations")]
    [InlineData("""{"schema":9,"entries":[]}""", "schema 9")]
    [InlineData("no json", "expected the checkpoint's ledger")]
    public async Task A_ledger_that_is_not_the_manifests_is_damage(string json, string expected)
    {
        await Store.WriteAsync(LedgerOf(await CommitAsync()), System.Text.Encoding.UTF8.GetBytes(json), WriteCondition.Always, Cancel);
        await AssertDamagedAsync(expected);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("flip")]
    [InlineData("empty")]
    public async Task A_lost_manifest_is_made_again_once_from_checkpoint_and_records(string damage)
    {
        var references = await PutAsync();
        var before = Activate();
        await before.AddAsync(references[..3], Cancel);
        await RecordAsync(references[..3], RecordState.Stacked);
        await RecordAsync(references[3..], RecordState.Retracted);
        await DamageAsync(ManifestOf, damage);
        // Two that find it at the same time: one of them writes, and both go on from that.
        var (one, other) = (Activate(), Activate());
        var heads = await Task.WhenAll(RecoveredAsync(one), RecoveredAsync(other));
        Assert.All(heads, head => Assert.Equal(heads[0].Stored!.Manifest.CommitId, head.Stored!.Manifest.CommitId));
        Assert.Equal(["1.fits", "2.fits", "3.fits"], heads[0].Ledger.Entries.Select(entry => entry.Observation));
        Assert.True(heads[0].Revision > 1);
        Expected.AssertSame(LittleSurvey.Offline(Tile, _observations[..3]), (await one.FreezeAsync(Cancel))!.Dataset);
        // A change from before the retraction comes late.
        var late = await one.ApplyAsync([TileChange.Put(references[3], 8)], Cancel);
        Assert.Equal(TileChangeOutcome.Superseded, late[0].Result!.Outcome);
        // Who has held the tile all the time cannot write any more.
        var stale = await Assert.ThrowsAsync<SurveyServiceException>(() => before.ApplyAsync([TileChange.Put(references[3], 12)], Cancel));
        Assert.Equal(ServiceError.LostRace, stale.Error);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("flip")]
    [InlineData("empty")]
    public async Task A_lost_ledger_is_made_again_where_the_records_account_for_all_of_it(string damage)
    {
        var ledger = LedgerOf(await CommitAsync());
        var references = await PutAsync();
        await RecordAsync(references[..2], RecordState.Stacked);
        await DamageAsync(ledger, damage);
        await AssertDamagedAsync("2 of its 3 observations have records");
        await RecordAsync(references[2..3], RecordState.Planned);
        Expected.AssertSame(LittleSurvey.Offline(Tile, _observations[..3]), (await Activate().FreezeAsync(Cancel))!.Dataset);
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("empty")]
    [InlineData("delete")]
    public async Task A_damaged_checkpoint_is_made_again_from_the_ledger(string damage)
    {
        var checkpoint = await CommitAsync();
        await DamageAsync(checkpoint, damage);
        var stack = Activate();
        Expected.AssertSame(LittleSurvey.Offline(Tile, _observations[..3]), (await stack.FreezeAsync(Cancel))!.Dataset);
        Assert.NotEqual(checkpoint, (await stack.HeadAsync(Cancel)).Stored!.Manifest.Checkpoint);
    }

    [Fact]
    public async Task A_tile_that_has_what_its_records_deny_and_lacks_what_they_say_is_brought_in_line()
    {
        var references = await PutAsync();
        var stack = Activate();
        await stack.AddAsync(references[..3], Cancel);
        await RecordAsync([references[0], references[3]], RecordState.Stacked);
        await RecordAsync(references[1..2], RecordState.Retracted);
        var head = await stack.ReconcileAsync(Cancel);
        // Of the third there is no record.
        Assert.Equal(["1.fits", "3.fits", "4.fits"], head.Ledger.Entries.Select(entry => entry.Observation));
        Assert.Equal(2, head.Revision);
        Expected.AssertSame(LittleSurvey.Offline(Tile, [_observations[0], _observations[2], _observations[3]]),
            (await stack.FreezeAsync(Cancel))!.Dataset);
        Assert.Equal((await stack.HeadAsync(Cancel)).Revision, (await stack.ReconcileAsync(Cancel)).Revision);
    }

    [Fact]
    public async Task A_tile_that_nothing_is_recorded_of_is_a_new_one_and_knows_of_retractions()
    {
        var references = await PutAsync();
        await RecordAsync(references[..1], RecordState.Retracted);
        var stack = Activate();
        Assert.Null((await stack.HeadAsync(Cancel)).Stored);
        var answers = await stack.ApplyAsync([TileChange.Put(references[0], 8), TileChange.Put(references[1], 8)], Cancel);
        Assert.Equal([TileChangeOutcome.Superseded, TileChangeOutcome.Done], answers.Select(answer => answer.Result!.Outcome));
        Assert.Equal(1, (await stack.HeadAsync(Cancel)).Revision);
    }

    [Fact]
    public async Task A_tile_that_is_opened_anew_knows_its_tail_and_adds_nothing_of_it_again()
    {
        var references = await PutAsync();
        await Activate().AddAsync(references[..2], Cancel);
        var next = Activate();
        Assert.Equal(["1.fits", "2.fits"], (await next.HeadAsync(Cancel)).Ledger.Entries.Select(entry => entry.Observation));
        var answers = await next.AddAsync(references[..3], Cancel);
        Assert.Equal([TileChangeOutcome.AlreadySo, TileChangeOutcome.AlreadySo, TileChangeOutcome.Done],
            answers.Select(answer => answer.Result!.Outcome));
        Expected.AssertSame(LittleSurvey.Offline(Tile, _observations[..3]), (await next.FreezeAsync(Cancel))!.Dataset);
    }

    [Fact]
    public async Task An_entry_says_which_content_came_by_which_decision_and_what_it_costs()
    {
        var reference = (await PutAsync())[0];
        await Activate().ApplyAsync([TileChange.Put(reference, 7)], Cancel);
        var entry = Assert.Single((await Activate().HeadAsync(Cancel)).Ledger.Entries);
        Assert.Equal(new LedgerEntry("1.fits", reference.ETag, reference.Hash, 7, DatasetBytes.Of(_observations[0])), entry);
        Assert.NotNull(entry.Hash);
    }

    private static string ManifestOf => $"surveys/any/tiles/{Tile}/manifest.json";

    private static async Task<TileHead> RecoveredAsync(TileStack stack)
    {
        try
        {
            return await stack.HeadAsync(Cancel);
        }
        catch (SurveyServiceException lost) when (lost.Error == ServiceError.LostRace)
        {
            return await stack.HeadAsync(Cancel);
        }
    }

    private async Task DamageAsync(string blob, string how)
    {
        var bytes = (await Store.ReadAsync(blob, Cancel))!.Bytes.ToArray();
        bytes[bytes.Length / 2] ^= 1;
        if (how == "delete") await Store.DeleteAsync(blob, WriteCondition.Always, Cancel);
        else await Store.WriteAsync(blob, how == "empty" ? [] : bytes, WriteCondition.Always, Cancel);
    }

    private async Task RecordAsync(ObservationRef[] references, RecordState state)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var reference in references)
        {
            var record = ObservationLife.New(reference, now) with
            {
                Hash = reference.Hash,
                State = state,
                Generation = 9,
                Tiles = [$"{Tile}"],
                Holders = [$"{Tile}"],
                History = [new RecordStep(state, now, null)]
            };
            Assert.NotNull(await new ObservationRecords(Store, Setup.Name).WriteAsync(record, null, Cancel));
        }
    }

    private static string LedgerOf(string checkpoint) => Path.ChangeExtension(checkpoint, null) + ".ledger.json";

    /// <summary>Three observations, which make a checkpoint; its name.</summary>
    private async Task<string> CommitAsync()
    {
        var stack = Activate();
        await stack.AddAsync((await PutAsync())[..3], Cancel);
        return (await stack.HeadAsync(Cancel)).Stored!.Manifest.Checkpoint!;
    }

    private async Task<ObservationRef[]> PutAsync()
    {
        var references = new List<ObservationRef>();
        foreach (var (observation, i) in _observations.Select((observation, i) => (observation, i)))
        {
            await Store.PutAsync($"observations/{i + 1}.fits", observation);
            var entry = (await Setup.Observations.FindAsync($"{i + 1}.fits", Cancel))!;
            references.Add(new ObservationRef(entry.Name, entry.ETag, await Setup.Observations.HashAsync(entry, Cancel)));
        }

        return [.. references];
    }

    private async Task AssertDamagedAsync(string expected)
    {
        var damaged = await Assert.ThrowsAsync<SurveyServiceException>(async () => await Activate().HeadAsync(Cancel));
        Assert.Equal((ServiceError.StoreRefused, false), (damaged.Error, damaged.RetryHelps));
        Assert.Contains(expected, damaged.Message, StringComparison.Ordinal);
    }
}
