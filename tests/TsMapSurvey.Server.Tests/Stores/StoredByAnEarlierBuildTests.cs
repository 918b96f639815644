using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TsMapSurvey.Grains.Verification;
using TsMapSurvey.Server.Tests.Contract;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Tests.Stores;

/// <summary>
/// This build reads a store written by an earlier build like its own. TSMAP_WRITE_STORE=1 writes a store and the answers about it with the
/// current build; use another folder, since a later build cannot write what an earlier one wrote.
/// </summary>
[Trait("Pace", "slow")]
public sealed class StoredByAnEarlierBuildTests
{
    private const string Variable = "TSMAP_WRITE_STORE";
    private static readonly string Answers = Path.Combine(KeptStore.Of2026.Folder, "answers.json");
    private static readonly Lazy<Task> Written = new(() => Writes ? WriteAsync() : Task.CompletedTask);

    private static bool Writes => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>A file's ETag depends on its write time: with other times than the store's, every file must be checked.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_of_an_earlier_build_is_served_as_it_is_and_goes_on(bool keepsTimes)
    {
        await Written.Value;
        using var folder = new TemporaryFolder();
        var store = folder.File("store");
        KeptStore.Of2026.CopyTo(store, keepsTimes);
        var began = DateTimeOffset.UtcNow;
        await using (var server = await ServerHost.StartAsync(StoreMaker.Settings(store), CancellationToken.None))
        {
            using var client = new Client(server.Address);
            using var record = new ContractRecord(server.Address, "");
            await client.UntilAsync(StoreMaker.Survey, answer =>
                answer.Json.GetProperty("reconciledAt").ValueKind == JsonValueKind.String
                && answer.Json.GetProperty("observations").GetInt32() == StoreMaker.Observations + 1);
            await StoreMaker.StackedAsync(client, StoreMaker.Observations - 1);
            await AskAsync(record, store);
            if (Writes && keepsTimes) await File.WriteAllTextAsync(Answers, GoldenJson.Format(record.Resources["store"]) + "\n");
            AssertSame(record.Resources["store"]);
            var computed = await client.GetAsync($"{StoreMaker.Tile}/maps/point.fits");
            Assert.True(DateTimeOffset.Parse(computed.Header("Tsmap-Computed-At")!, null) < began, "the map was computed again");

            var (counts, added) = (await CountsAsync(client), StoreMaker.Sky.CountsInside(StoreMaker.Observations));
            await StoreMaker.Sky.PutAsync(store, StoreMaker.Observations, StoreMaker.NightsLater(StoreMaker.Observations), "new.fits.gz");
            await StoreMaker.StackedAsync(client, StoreMaker.Observations);
            Assert.Equal(counts + added, await CountsAsync(client));
            await StoreMaker.RetractAsync(client, StoreMaker.Name(0));
            Assert.Equal(counts + added - StoreMaker.Sky.CountsInside(0), await CountsAsync(client));
        }

        await AssertWholeAsync(store);
    }

    [Fact]
    public async Task A_store_of_an_earlier_build_is_verified()
    {
        await Written.Value;
        using var folder = new TemporaryFolder();
        KeptStore.Of2026.CopyTo(folder.File("store"));

        await AssertWholeAsync(folder.File("store"));
    }

    [Theory]
    [InlineData("definitions/old.json")]
    [InlineData("definitions/gone.deleted")]
    [InlineData("clusters/[0-9a-f]{16}.json")]
    [InlineData("observations/sim-0001.fits.gz")]
    [InlineData("compute/[0-9a-f]{32}/job.json")]
    [InlineData("compute/[0-9a-f]{32}/datasets/0000.dataset")]
    [InlineData("compute/[0-9a-f]{32}/blocks/000000.(block|json)")]
    [InlineData("compute/[0-9a-f]{32}/flux.maps")]
    [InlineData("surveys/old/template.fits.gz")]
    [InlineData("surveys/old/observations/(sim-0005.fits.gz|bad.fits).json")]
    [InlineData("surveys/old/tiles/x001y001/manifest.json")]
    [InlineData("surveys/old/tiles/x001y001/checkpoints/[0-9]{10}-[0-9a-f]{32}.(ckpt|ledger.json)")]
    [InlineData("surveys/old/tiles/x001y001/epochs/059004/[0-9a-f]{32}.ckpt")]
    [InlineData("surveys/old/maps/x001y001/point/[0-9]{10}.(fits|json)")]
    [InlineData("surveys/old/stacks/x001y001/[0-9]{10}.fits.gz")]
    [InlineData("surveys/old/mosaics/(point/sqrt_ts-0|stack/counts)/[0-9]{10}.[0-9a-f]{16}.fits.gz")]
    [InlineData("surveys/old/windows/2d/maps/x001y001/point/059004/[0-9]{10}.(fits|json)")]
    public void Every_kind_of_blob_is_in_it(string pattern)
    {
        var exact = $"^{pattern.Replace(".", @"\.", StringComparison.Ordinal)}$";
        Assert.Contains(KeptStore.Of2026.Names, name => Regex.IsMatch(name, exact));
    }

    private static async Task WriteAsync()
    {
        using var folder = new TemporaryFolder();
        await StoreMaker.WriteAsync(folder.File("store"));
        KeptStore.Of2026.Keep(folder.File("store"));
    }

    private static async Task AssertWholeAsync(string store)
    {
        using var verification = new SurveyVerification(BlobStores.Open(store));
        var tiles = new List<TileVerification>();
        await foreach (var tile in verification.RunAsync(StoreMaker.Definition.Name, false, CancellationToken.None)) tiles.Add(tile);

        Assert.Equal(4, tiles.Count);
        Assert.All(tiles, tile => Assert.Empty(tile.Problems));
        Assert.All(tiles, tile => Assert.True(tile.Observations > 0 && tile.LargestRelative < 1e-9, tile.ToString()));
    }

    private static void AssertSame(JsonArray rows)
    {
        var differences = GoldenJson.Differences(JsonNode.Parse(File.ReadAllText(Answers)), JsonNode.Parse(rows.ToJsonString())).ToArray();
        Assert.True(differences.Length == 0, string.Join('\n', differences.Take(20)));
    }

    private static async Task AskAsync(ContractRecord record, string store)
    {
        var job = Path.GetFileName(Directory.GetDirectories(Path.Combine(store, "compute")).Single());
        foreach (var (operation, path) in new[]
                 {
                     ("listSurveys", "/api/surveys"),
                     ("getInfo", StoreMaker.Survey + "/info"),
                     ("listObservations", StoreMaker.Survey + "/observations"),
                     ("getObservation", $"{StoreMaker.Survey}/observations/{StoreMaker.Name(1)}"),
                     ("getObservation", $"{StoreMaker.Survey}/observations/{StoreMaker.Bad}"),
                     ("listTiles", StoreMaker.Survey + "/tiles"),
                     ("listObservationsOfTile", StoreMaker.Tile + "/observations"),
                     ("getFluxMaps", StoreMaker.Tile + "/maps/point.fits"),
                     ("getTileImageJson", StoreMaker.Tile + "/point/sqrt_ts.json?slice=2d"),
                     ("getDataset", StoreMaker.Tile + "/dataset.fits.gz"),
                     ("getMosaicFits", StoreMaker.Survey + "/mosaic/sqrt_ts.fits"),
                     ("getMosaicFits", StoreMaker.Survey + "/mosaic/counts.fits"),
                     ("getMosaicFits", StoreMaker.Survey + "/mosaic/counts.fits?slice=2d"),
                     ("listCandidates", StoreMaker.Survey + "/candidates"),
                     ("getJob", "/api/compute/" + job),
                     ("getMapsOfJob", $"/api/compute/{job}/maps.fits"),
                 })
            await record.AskAsync("store", operation, "GET", path);
    }

    private static async Task<double> CountsAsync(Client client)
    {
        var path = $"{StoreMaker.Survey}/mosaic/counts";
        await client.UntilAsync($"{path}.json?fresh=true&timeout=40", answer => answer.Status == HttpStatusCode.OK);
        var counts = FitsText.Of((await client.GetAsync($"{path}.fits")).Bytes).Single(hdu => IsNamed(hdu!, "COUNTS"))!;
        return counts["data"]!["sum"]!.GetValue<double>();
    }

    private static bool IsNamed(JsonNode hdu, string name) =>
        hdu["cards"]!.AsArray().Any(card => card!.GetValue<string>().StartsWith($"EXTNAME = '{name} ", StringComparison.Ordinal));
}
