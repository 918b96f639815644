using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tests;

public sealed class VerificationTests : IAsyncLifetime
{
    private const string Survey = "little";
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, MapDataset> _there = [];
    private IBlobStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = BlobStores.Open(_folder.Path);
        await using var host = await SurveyHost.StartAsync(_store);
        await host.DefineAsync(Survey);
        foreach (var (observation, i) in LittleSurvey.Several().Select((observation, i) => (observation, i)))
        {
            await _store.PutAsync($"observations/{observation.Name}.fits", _there[$"{observation.Name}.fits"] = observation);
            await host.SettledAsync(Survey, i + 1);
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Stacks_that_are_right_are_found_so_and_left_alone()
    {
        var tiles = await VerifyAsync(repair: true);
        Assert.Equal(6, tiles.Count);
        Assert.All(tiles, tile => Assert.Equal((0, false, true), (tile.Problems.Count, tile.Repaired, tile.LargestRelative < 1e-12)));
        Assert.Equal(LittleSurvey.Resolved.Tiling.All().Select(tile => _there.Values.Count(observation => LittleSurvey.Resolved.TilesOf(observation).Contains(tile))).Order(), tiles.Select(tile => tile.Observations).Order());
    }

    [Fact]
    public async Task A_checkpoint_with_one_count_too_many_is_found_and_repaired_and_the_server_goes_on_from_there()
    {
        var tile = await TamperAsync(stack => stack.Add(OneCountMore()));
        var bad = Assert.Single(await VerifyAsync(repair: false), found => found.Problems.Count > 0);
        Assert.Equal((tile, false), (bad.Tile, bad.Repaired));
        Assert.Contains(bad.Problems, problem => problem.StartsWith("counts differ in 1 bins", StringComparison.Ordinal));
        var repaired = Assert.Single(await VerifyAsync(repair: true), found => found.Repaired);
        Assert.Equal((tile, bad.Revision + 1), (repaired.Tile, repaired.Revision));
        Assert.All(await VerifyAsync(repair: false), found => Assert.Empty(found.Problems));
        await using var host = await SurveyHost.StartAsync(_store);
        await Expected.InTilesAsync(host, _store, Survey, _there);
    }

    [Fact]
    public async Task A_repair_beside_a_running_server_wins_or_loses_as_a_whole()
    {
        var tile = await TamperAsync(stack => stack.Add(OneCountMore()));
        await using var host = await SurveyHost.StartAsync(_store);
        // The server has loaded the bad stack.
        await host.Grains.Tile(Survey, tile).RequestStack(CancellationToken.None);
        Assert.True(Assert.Single(await VerifyAsync(repair: true), found => found.Tile == tile).Repaired);
        await _store.PutAsync("observations/more.fits", _there["more.fits"] = LittleSurvey.Observation(8, LittleSurvey.Everywhere));
        await host.SettledAsync(Survey, 6);
        await Expected.InTilesAsync(host, _store, Survey, _there);
    }

    [Fact]
    public async Task A_survey_that_gets_slices_later_is_repaired_and_has_its_windows()
    {
        await using (var host = await SurveyHost.StartAsync(_store))
            await host.Grains.Survey(Survey).Define(LittleSurvey.Json(Survey, "observations/").Replace("\"maps\"", "\"slices\": [\"all\", \"1d\"], \"maps\"", StringComparison.Ordinal), CancellationToken.None);
        var tiles = await VerifyAsync(repair: true);
        Assert.All(tiles, tile => Assert.True(tile.Repaired && tile.Problems.Single().Contains("before the survey had slices", StringComparison.Ordinal)));
        Assert.All(await VerifyAsync(repair: false), tile => Assert.Empty(tile.Problems));
        await using var again = await SurveyHost.StartAsync(_store);
        await Expected.InTilesAsync(again, _store, Survey, _there);
        // The little survey's observations are all of one night.
        var window = await again.Grains.Survey(Survey).GetWindow("1d", CancellationToken.None);
        var ticket = await again.Grains.Tile(Survey, "x001y000").RequestWindow(window!, CancellationToken.None);
        Expected.AssertSame(LittleSurvey.Offline(new TileId(1, 0), _there.Values), await _store.ReadDatasetAsync(ticket.Blob!));
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_read_is_repaired()
    {
        var file = Directory.GetFiles(_folder.Path, "*.ckpt", SearchOption.AllDirectories)[0];
        await File.WriteAllTextAsync(file, "no FITS", TestContext.Current.CancellationToken);
        Assert.Contains("cannot be read", Assert.Single(Assert.Single(await VerifyAsync(repair: true), found => found.Repaired).Problems), StringComparison.Ordinal);
        Assert.All(await VerifyAsync(repair: false), found => Assert.Empty(found.Problems));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{")]
    public async Task A_lost_ledger_is_made_again_from_the_records_and_the_server_goes_on_from_there(string? damage)
    {
        var file = Directory.GetFiles(_folder.Path, "*.ledger.json", SearchOption.AllDirectories).Single(path => path.Contains("x001y001", StringComparison.Ordinal));
        if (damage is null) File.Delete(file);
        else await File.WriteAllTextAsync(file, damage, TestContext.Current.CancellationToken);
        var bad = Assert.Single(await VerifyAsync(repair: false), found => found.Problems.Count > 0);
        Assert.Equal(("x001y001", false), (bad.Tile, bad.Repaired));
        var repaired = Assert.Single(await VerifyAsync(repair: true), found => found.Repaired);
        Assert.Contains(".ledger.json", Assert.Single(repaired.Problems), StringComparison.Ordinal);
        Assert.All(await VerifyAsync(repair: false), found => Assert.Empty(found.Problems));
        await using var host = await SurveyHost.StartAsync(_store);
        await Expected.InTilesAsync(host, _store, Survey, _there);
        // Generations go on from where they were.
        await host.RetractedAsync(Survey, "obs-1.fits");
        _there.Remove("obs-1.fits");
        await Expected.InTilesAsync(host, _store, Survey, _there);
    }

    [Fact]
    public async Task What_cannot_be_checked_is_said_and_not_repaired()
    {
        File.Delete(_folder.File("observations", "obs-5.fits"));
        File.WriteAllText(_folder.File("surveys", Survey, "tiles", "x000y000", "manifest.json"), "damaged");
        var manifests = Directory.GetFiles(_folder.Path, "manifest.json", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText);
        var tiles = await VerifyAsync(repair: true);
        Assert.All(tiles, tile => Assert.Contains(tile.Tile == "x000y000" ? "a tile manifest" : "without obs-5.fits", Assert.Single(tile.Problems), StringComparison.Ordinal));
        Assert.DoesNotContain(tiles, tile => tile.Repaired);
        Assert.All(manifests, manifest => Assert.Equal(manifest.Value, File.ReadAllText(manifest.Key)));
    }

    [Fact]
    public async Task What_ledgers_and_records_say_differently_is_found()
    {
        File.Delete(_folder.File("surveys", Survey, "observations", "obs-1.fits.json"));
        var record = _folder.File("surveys", Survey, "observations", "obs-5.fits.json");
        File.WriteAllText(record, (await File.ReadAllTextAsync(record, TestContext.Current.CancellationToken)).Replace("\"state\": \"Stacked\",\n  \"reason\"", "\"state\": \"Retracted\",\n  \"reason\"", StringComparison.Ordinal));
        var problems = (await VerifyAsync(repair: false)).SelectMany(tile => tile.Problems).ToArray();
        Assert.Equal(LittleSurvey.Resolved.TilesOf(_there["obs-1.fits"]).Count, problems.Count(problem => problem == "obs-1.fits is in the ledger and has no record"));
        Assert.Equal(6, problems.Count(problem => problem.StartsWith("obs-5.fits is in the ledger, and its record says Retracted", StringComparison.Ordinal)));
    }

    private async Task<List<TileVerification>> VerifyAsync(bool repair)
    {
        using var verification = new SurveyVerification(_store);
        var tiles = new List<TileVerification>();
        await foreach (var tile in verification.RunAsync(Survey, repair, CancellationToken.None)) tiles.Add(tile);
        return tiles;
    }

    /// <summary>Changes the checkpoint of a tile as no code of ours does: the number of observations stays what it was.</summary>
    private async Task<string> TamperAsync(Action<DatasetStack> change)
    {
        var setup = new SurveySetup(Surveys.Survey.Resolve(Surveys.SurveyDefinition.Parse(LittleSurvey.Json(Survey, "observations/"))), null, _store);
        var file = Directory.GetFiles(_folder.Path, "*.ckpt", SearchOption.AllDirectories).Single(path => path.Contains("x001y001", StringComparison.Ordinal));
        DatasetStack stack;
        await using (var stream = File.OpenRead(file)) stack = DatasetStack.Read(stream, file, LittleSurvey.Resolved.GridWithHalo(new TileId(1, 1)), (await setup.FindTemplateAsync(CancellationToken.None))!);
        var before = stack.ObservationCount;
        change(stack);
        using var content = new MemoryStream();
        stack.Write(content);
        var bytes = content.ToArray();
        var (now, was) = (Card(stack.ObservationCount), Card(before));
        var at = bytes.AsSpan().IndexOf(now);
        Assert.True(at > 0);
        was.CopyTo(bytes, at);
        await File.WriteAllBytesAsync(file, bytes, CancellationToken.None);
        return "x001y001";
    }

    private static byte[] Card(int observations) => System.Text.Encoding.ASCII.GetBytes($"N_OBS   = {observations,20}");

    /// <summary>Nothing but one count, where all bins are covered anyhow.</summary>
    private static MapDataset OneCountMore()
    {
        var one = LittleSurvey.Observation(1, LittleSurvey.Everywhere);
        foreach (var data in new[] { one.Counts!.Data, one.Background!.Data, one.Exposure!.Data, one.Psf!.Exposure!.Data, one.Edisp!.Exposure!.Data }) Array.Clear(data);
        one.Counts.Data[12 * 24 + 12] = 1;
        one.MaskSafe!.Data[12 * 24 + 12] = true;
        return one;
    }
}
