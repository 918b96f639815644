using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

/// <summary>A tile whose checkpoint, or the ledger beside it, is not what its manifest says.</summary>
public sealed class TileCommitTests : TileOfAStore
{
    private readonly MapDataset[] _observations = [.. Enumerable.Range(1, 4).Select(seed => LittleSurvey.Observation(seed, LittleSurvey.Everywhere))];

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
        await AssertDamagedAsync("the ledger of the checkpoint beside it");
    }

    [Theory]
    [InlineData("""{"schema":2,"entries":[]}""", "found 0 observations in its ledger, expected 3")]
    [InlineData("""[{"observation":"1.fits","eTag":"x"},{"observation":"2.fits","eTag":"x"},{"observation":"3.fits","eTag":"x"},{"observation":"4.fits","eTag":"x"}]""", "found 4 observations")]
    [InlineData("""{"schema":9,"entries":[]}""", "schema 9")]
    [InlineData("no json", "expected a ledger")]
    public async Task A_ledger_that_is_not_the_manifests_is_damage(string json, string expected)
    {
        await Store.WriteAsync(LedgerOf(await CommitAsync()), System.Text.Encoding.UTF8.GetBytes(json), WriteCondition.Always, Cancel);
        await AssertDamagedAsync(expected);
    }

    [Fact]
    public async Task A_tile_that_is_opened_anew_knows_its_tail_and_adds_nothing_of_it_again()
    {
        var references = await PutAsync();
        await Activate().AddAsync(references[..2], Cancel);
        var next = Activate();
        Assert.Equal(["1.fits", "2.fits"], (await next.HeadAsync(Cancel)).Ledger.Entries.Select(entry => entry.Observation));
        var answers = await next.AddAsync(references[..3], Cancel);
        Assert.Equal([TileChangeOutcome.AlreadySo, TileChangeOutcome.AlreadySo, TileChangeOutcome.Done], answers.Select(answer => answer.Result!.Outcome));
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
