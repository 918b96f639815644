using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Verification;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tests;

[Trait("Pace", "slow")]
public sealed class VerificationTests : IClassFixture<VerificationTests.Stacked>, IDisposable
{
    private const string Survey = "little";
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, MapDataset> _there;
    private readonly IBlobStore _store;

    public VerificationTests(Stacked stacked)
    {
        StoreCopy.Make(stacked.Folder.Path, _folder.Path);
        (_store, _there) = (BlobStores.Open(_folder.Path), new Dictionary<string, MapDataset>(stacked.There));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stacks_that_are_right_are_found_so_and_left_alone()
    {
        var tiles = await VerifyAsync(repair: true);
        Assert.Equal(6, tiles.Count);
        Assert.All(tiles, tile => Assert.Equal((0, false, true), (tile.Problems.Count, tile.Repaired, tile.LargestRelative < 1e-12)));
        Assert.Equal(LittleSurvey.Resolved.Tiling.All().Select(tile => _there.Values.Count(
            observation => LittleSurvey.Resolved.TilesOf(observation).Contains(tile))).Order(), tiles.Select(tile => tile.Observations)
            .Order());
    }

    [Fact]
    public async Task A_checkpoint_with_one_count_too_many_is_found_and_repaired_and_the_server_goes_on_from_there()
    {
        var tile = await TamperAsync();
        var damaged = Assert.Single(await VerifyAsync(repair: false), found => found.Problems.Count > 0);
        Assert.Equal((tile, false), (damaged.Tile, damaged.Repaired));
        Assert.Contains(damaged.Problems, problem => problem.StartsWith("counts differ in 1 bins", StringComparison.Ordinal));
        var repaired = Assert.Single(await VerifyAsync(repair: true), found => found.Repaired);
        Assert.Equal((tile, damaged.Revision + 1), (repaired.Tile, repaired.Revision));
        Assert.All(await VerifyAsync(repair: false), found => Assert.Empty(found.Problems));
        await using var host = await SurveyHost.StartAsync(_store);
        await Expected.InTilesAsync(host, _store, Survey, _there);
    }

    [Fact]
    public async Task A_repair_beside_a_running_server_wins_or_loses_as_a_whole()
    {
        var tile = await TamperAsync();
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
            await host.Grains.Survey(Survey).Define(LittleSurvey.Json(Survey, "observations/")
                .Replace("\"maps\"", "\"slices\": [\"all\", \"1d\"], \"maps\"", StringComparison.Ordinal), CancellationToken.None);
        var tiles = await VerifyAsync(repair: true);
        Assert.All(tiles, tile =>
            Assert.True(tile.Repaired && tile.Problems.Single().Contains("added before the survey had slices", StringComparison.Ordinal)));
        Assert.All(await VerifyAsync(repair: false), tile => Assert.Empty(tile.Problems));
        await using var again = await SurveyHost.StartAsync(_store);
        await Expected.InTilesAsync(again, _store, Survey, _there);
        // The little survey's observations are all of one night.
        var window = await again.Grains.Survey(Survey).GetWindow("1d", CancellationToken.None);
        var ticket = await again.Grains.Tile(Survey, "x001y000").RequestWindow(window!, CancellationToken.None);
        Expected.AssertSame(LittleSurvey.Offline(GridTiling.IdOf(1, 0), _there.Values), await _store.ReadDatasetAsync(ticket.Blob!));
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_read_is_repaired()
    {
        var file = Directory.GetFiles(_folder.Path, "*.ckpt", SearchOption.AllDirectories)[0];
        await File.WriteAllTextAsync(file, "no FITS", TestContext.Current.CancellationToken);
        Assert.Contains("cannot be read", Assert.Single(Assert.Single(await VerifyAsync(repair: true), found => found.Repaired).Problems),
            StringComparison.Ordinal);
        Assert.All(await VerifyAsync(repair: false), found => Assert.Empty(found.Problems));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{")]
    public async Task A_lost_ledger_is_made_again_from_the_records_and_the_server_goes_on_from_there(string? damage)
    {
        var file = Directory.GetFiles(_folder.Path, "*.ledger.json", SearchOption.AllDirectories)
            .Single(path => path.Contains("x001y001", StringComparison.Ordinal));
        if (damage is null) File.Delete(file);
        else await File.WriteAllTextAsync(file, damage, TestContext.Current.CancellationToken);
        var damaged = Assert.Single(await VerifyAsync(repair: false), found => found.Problems.Count > 0);
        Assert.Equal(("x001y001", false), (damaged.Tile, damaged.Repaired));
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
        var manifest = Manifest("x000y000");
        File.WriteAllText(manifest, "damaged");
        var manifests = Directory.GetFiles(_folder.Path, "manifest.json", SearchOption.AllDirectories).Where(file => file != manifest)
            .ToDictionary(file => file, File.ReadAllText);
        var tiles = await VerifyAsync(repair: true);
        Assert.All(tiles, tile => Assert.Contains("without the added version of obs-5.fits", tile.Problems[^1], StringComparison.Ordinal));
        Assert.DoesNotContain(tiles, tile => tile.Repaired);
        Assert.All(manifests, other => Assert.Equal(other.Value, File.ReadAllText(other.Key)));
        // The manifest is made again all the same: then the tile knows what it lacks.
        Assert.Contains("a tile manifest", Assert.Single(tiles, tile => tile.Problems.Count > 1).Problems[0], StringComparison.Ordinal);
        Assert.NotEqual("damaged", await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("cut")]
    [InlineData("flip")]
    public async Task A_lost_manifest_is_named_and_made_again_with_a_revision_above_all_before(string damage)
    {
        var file = Manifest("x001y001");
        Damage(file, damage);
        Assert.Equal(("x001y001", false), Assert.Single(await VerifyAsync(repair: false), found => found.Problems.Count > 0) is var damaged
            ? (damaged.Tile, damaged.Repaired) : default);
        var repaired = Assert.Single(await VerifyAsync(repair: true), found => found.Problems.Count > 0);
        Assert.Equal(("x001y001", true, 5), (repaired.Tile, repaired.Repaired, repaired.Observations));
        Assert.Contains("recovered as revision", Assert.Single(repaired.Problems), StringComparison.Ordinal);
        Assert.True(repaired.Revision > 5);
        Assert.All(await VerifyAsync(repair: false), found => Assert.Empty(found.Problems));
        await using var host = await SurveyHost.StartAsync(_store);
        await Expected.InTilesAsync(host, _store, Survey, _there);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("cut")]
    [InlineData("flip")]
    public async Task A_server_makes_a_lost_manifest_again_and_goes_on_from_there(string damage)
    {
        Damage(Manifest("x001y001"), damage);
        await using (var host = await SurveyHost.StartAsync(_store))
        {
            var tile = Assert.Single(await host.TilesAsync(Survey), tile => tile.Tile == "x001y001");
            Assert.Equal((5, null, true), (tile.Observations, tile.Fault, tile.Revision > 1000));
            await Expected.InTilesAsync(host, _store, Survey, _there);
            // Generations go on from where they were: what is late is not made any more.
            await host.RetractedAsync(Survey, "obs-1.fits");
            _there.Remove("obs-1.fits");
            await _store.PutAsync(
                "observations/obs-2.fits", _there["obs-2.fits"] = LittleSurvey.Observation(22, new PixelRegion(6, 4, 12, 10)));
            await host.SettledAsync(Survey, 5);
            await Expected.InTilesAsync(host, _store, Survey, _there);
        }

        Assert.All(await VerifyAsync(repair: false), found => Assert.Empty(found.Problems));
    }

    [Fact]
    public async Task A_manifest_of_a_later_version_is_left_alone_and_said()
    {
        var file = Manifest("x001y001");
        const string Later = """{"schema":99,"tile":"x001y001","revision":9,"commitId":"c","committedAt":"2001-01-01T00:00:00Z"}""";
        await File.WriteAllTextAsync(file, Later, TestContext.Current.CancellationToken);
        Assert.Contains("later version", Assert.Single(
            Assert.Single(await VerifyAsync(repair: true), found => found.Problems.Count > 0).Problems), StringComparison.Ordinal);
        await using var host = await SurveyHost.StartAsync(_store);
        Assert.Contains(
            "later version", Assert.Single(await host.TilesAsync(Survey), tile => tile.Fault is not null).Fault, StringComparison.Ordinal);
        Assert.Equal(Later, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("cut")]
    [InlineData("flip")]
    public async Task A_damaged_record_is_named_and_made_again(string damage)
    {
        Damage(_folder.File("surveys", Survey, "observations", "obs-1.fits.json"), damage);
        Assert.Contains("obs-1.fits: ", Assert.Single(Assert.Single(
            await VerifyAsync(repair: false), found => found.Tile == TileVerification.Records).Problems), StringComparison.Ordinal);
        Assert.True(Assert.Single(await VerifyAsync(repair: true), found => found.Tile == TileVerification.Records).Repaired);
        Assert.All(await VerifyAsync(repair: false), found => Assert.Empty(found.Problems));
        await using var host = await SurveyHost.StartAsync(_store);
        await host.SettledAsync(Survey, 5);
        Assert.Equal(5, (await host.StatesAsync(Survey))[ObservationState.Stacked]);
        await Expected.InTilesAsync(host, _store, Survey, _there);
    }

    [Theory]
    [InlineData(".json", "flip")]
    [InlineData(".json", "cut")]
    [InlineData(".fits", "flip")]
    [InlineData(".fits", "cut")]
    [InlineData(".fits.gz", "cut")]
    public async Task Damaged_maps_facts_and_exports_are_named_and_made_again_when_asked_for(string ending, string damage)
    {
        await using (var host = await SurveyHost.StartAsync(_store))
        {
            await host.FreshMapAsync(Survey, "x001y000");
            await host.Grains.Tile(Survey, "x001y000").RequestStack(CancellationToken.None);
        }

        var file = Directory.GetFiles(Path.Combine(_folder.Path, "surveys", Survey, ending == ".fits.gz" ? "stacks" : "maps"), "*"
            + ending, SearchOption.AllDirectories).Single();
        if (ending == ".json" && damage == "flip") await File.WriteAllBytesAsync(
            file, SealedJson.Seal(await File.ReadAllBytesAsync(file, CancellationToken.None)), CancellationToken.None);
        Damage(file, damage);
        Assert.Contains(Path.GetFileName(file), Assert.Single(
            Assert.Single(await VerifyAsync(repair: false), found => found.Problems.Count > 0).Problems), StringComparison.Ordinal);
        Assert.True(Assert.Single(
            await VerifyAsync(repair: true), found => found.Problems.Count > 0) is { Tile: TileVerification.Published, Repaired: true });
        Assert.All(await VerifyAsync(repair: false), found => Assert.Empty(found.Problems));
        await using var again = await SurveyHost.StartAsync(_store);
        Assert.Equal(TicketState.Ready, (await again.FreshMapAsync(Survey, "x001y000")).State);
    }

    [Fact]
    public async Task What_ledgers_and_records_say_differently_is_found()
    {
        File.Delete(_folder.File("surveys", Survey, "observations", "obs-1.fits.json"));
        var record = _folder.File("surveys", Survey, "observations", "obs-5.fits.json");
        var unsealed = (await File.ReadAllTextAsync(record, TestContext.Current.CancellationToken))[..^47] + "}";
        File.WriteAllBytes(record, SealedJson.Seal(System.Text.Encoding.UTF8.GetBytes(
            unsealed.Replace(
            "\"state\": \"Stacked\",\n  \"reason\"", "\"state\": \"Retracted\",\n  \"reason\"", StringComparison.Ordinal))));
        var problems = (await VerifyAsync(repair: false)).SelectMany(tile => tile.Problems).ToArray();
        Assert.Equal(LittleSurvey.Resolved.TilesOf(_there["obs-1.fits"]).Count,
            problems.Count(problem => problem == "obs-1.fits is in the ledger but has no record"));
        Assert.Equal(6, problems.Count(
            problem => problem.StartsWith("obs-5.fits is in the ledger, but its record says Retracted", StringComparison.Ordinal)));
    }

    private string Manifest(string tile) => _folder.File("surveys", Survey, "tiles", tile, "manifest.json");

    private static void Damage(string file, string how)
    {
        if (how == "delete")
        {
            File.Delete(file);
            return;
        }

        var bytes = File.ReadAllBytes(file);
        var place = bytes.Length / 2;
        if (how == "flip") bytes[place] ^= 1;
        File.WriteAllBytes(file, how == "cut" ? bytes[..place] : bytes);
    }

    private async Task<List<TileVerification>> VerifyAsync(bool repair)
    {
        using var verification = new SurveyVerification(_store);
        var tiles = new List<TileVerification>();
        await foreach (var tile in verification.RunAsync(Survey, repair, CancellationToken.None)) tiles.Add(tile);
        return tiles;
    }

    /// <summary>
    /// Puts a checkpoint with one count too many in the place of a tile's, with the right checksums and number of observations.
    /// </summary>
    private async Task<string> TamperAsync()
    {
        var tile = GridTiling.IdOf(1, 1);
        var file = Directory.GetFiles(_folder.Path, "*.ckpt", SearchOption.AllDirectories)
            .Single(path => path.Contains($"{tile}", StringComparison.Ordinal));
        MapDataset[] observations =
            [.. LittleSurvey.Several().Where(observation => LittleSurvey.Resolved.TilesOf(observation).Contains(tile))];
        var stack = new DatasetStack(LittleSurvey.Resolved.GridWithHalo(tile), StackTemplate.Of(observations[0]));
        var (first, pixel) = (observations[0], 8 * observations[0].Grid.Width + 8);
        while (!first.MaskSafe!.Data[pixel]) pixel++;
        first.Counts!.Data[pixel]++;
        long before;
        await using (var stream = File.OpenRead(file)) before = DatasetStack.CountIn(stream, file);
        foreach (var observation in observations.Take((int)before)) stack.Add(observation);
        using var content = new MemoryStream();
        stack.Write(content);
        await File.WriteAllBytesAsync(file, content.ToArray(), CancellationToken.None);
        return $"{tile}";
    }

    /// <summary>A store with the stacks of several observations, made once.</summary>
    public sealed class Stacked : IAsyncLifetime
    {
        internal TemporaryFolder Folder { get; } = new();

        internal Dictionary<string, MapDataset> There { get; } = [];

        public async ValueTask InitializeAsync()
        {
            var store = BlobStores.Open(Folder.Path);
            await using var host = await SurveyHost.StartAsync(store);
            await host.DefineAsync(Survey);
            foreach (var (observation, i) in LittleSurvey.Several().Select((observation, i) => (observation, i)))
            {
                await store.PutAsync($"observations/{observation.Name}.fits", There[$"{observation.Name}.fits"] = observation);
                await host.SettledAsync(Survey, i + 1);
            }
        }

        public ValueTask DisposeAsync()
        {
            Folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
