using System.Text.Json;
using System.Text.Json.Nodes;
using TsMapSurvey.Grains.Verification;
using TsMapSurvey.Server.Tests.Contract;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Tests.Stores;

/// <summary>
/// A store that an earlier build wrote is as good to this one as its own. TSMAP_WRITE_STORE=1 writes the store and the answers about it anew: only for a new folder,
/// since what an earlier build wrote can be written no more.
/// </summary>
public sealed class StoredByAnEarlierBuildTests
{
    private const string Variable = "TSMAP_WRITE_STORE";
    private static readonly string Folder = Repository.Path("tests", "TsMapSurvey.Server.Tests", "Stores", "2026-11");
    private static readonly string Answers = Path.Combine(Folder, "answers.json");
    private static readonly Lazy<Task> Written = new(() => Writes ? StoreMaker.WriteAsync(Folder) : Task.CompletedTask);

    private static bool Writes => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>Versions of files are made of their times: with those of the store nothing has changed, with others each file has to be looked at.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_of_an_earlier_build_is_served_as_it_is_and_goes_on(bool keepsTimes)
    {
        await Written.Value;
        using var folder = new TemporaryFolder();
        var store = folder.File("store");
        StoreMaker.Copy(Folder, store, keepsTimes);
        var began = DateTimeOffset.UtcNow;
        await using (var server = await ServerHost.StartAsync(StoreMaker.Settings(store), CancellationToken.None))
        {
            using var client = new Client(server.Address);
            using var record = new ContractRecord(server.Address, "");
            await client.UntilAsync(StoreMaker.Survey, answer =>
                answer.Json.GetProperty("reconciledAt").ValueKind == JsonValueKind.String && answer.Json.GetProperty("observations").GetInt32() == StoreMaker.Observations + 1);
            await StoreMaker.StackedAsync(client, StoreMaker.Observations - 1);
            await AskAsync(record, store);
            if (Writes && keepsTimes) await File.WriteAllTextAsync(Answers, GoldenJson.Format(record.Resources["store"]) + "\n");
            AssertSame(record.Resources["store"]);
            var computed = await client.GetAsync($"{StoreMaker.Tile}/maps/point.fits");
            Assert.True(DateTimeOffset.Parse(computed.Header("Tsmap-Computed-At")!, null) < began, "the map was computed again");

            var counts = await CountsAsync(client);
            await StoreMaker.Sky.PutAsync(store, StoreMaker.Observations, StoreMaker.NightsLater(StoreMaker.Observations), "new.fits.gz");
            await StoreMaker.StackedAsync(client, StoreMaker.Observations);
            Assert.Equal(counts + StoreMaker.Sky.CountsInside(StoreMaker.Observations), await CountsAsync(client));
            await StoreMaker.RetractAsync(client, StoreMaker.Name(0));
            Assert.Equal(counts + StoreMaker.Sky.CountsInside(StoreMaker.Observations) - StoreMaker.Sky.CountsInside(0), await CountsAsync(client));
        }

        await AssertWholeAsync(store);
    }

    [Fact]
    public async Task A_store_of_an_earlier_build_is_verified()
    {
        await Written.Value;
        using var folder = new TemporaryFolder();
        StoreMaker.Copy(Folder, folder.File("store"), keepsTimes: true);

        await AssertWholeAsync(folder.File("store"));
    }

    private static async Task AssertWholeAsync(string store)
    {
        using var verification = new SurveyVerification(BlobStores.Open(store));
        var tiles = new List<TileVerification>();
        await foreach (var tile in verification.RunAsync(StoreMaker.Definition.Name, repair: false, CancellationToken.None)) tiles.Add(tile);

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
                     ("listSurveys", "/api/surveys"), ("getInfo", StoreMaker.Survey + "/info"), ("listObservations", StoreMaker.Survey + "/observations"),
                     ("getObservation", $"{StoreMaker.Survey}/observations/{StoreMaker.Name(1)}"), ("getObservation", $"{StoreMaker.Survey}/observations/{StoreMaker.Bad}"),
                     ("listTiles", StoreMaker.Survey + "/tiles"), ("listObservationsOfTile", StoreMaker.Tile + "/observations"),
                     ("getFluxMaps", StoreMaker.Tile + "/maps/point.fits"), ("getTileImageJson", StoreMaker.Tile + "/point/sqrt_ts.json?slice=2d"), ("getDataset", StoreMaker.Tile + "/dataset.fits.gz"),
                     ("getMosaicFits", StoreMaker.Survey + "/mosaic/sqrt_ts.fits"), ("getMosaicFits", StoreMaker.Survey + "/mosaic/counts.fits"),
                     ("getMosaicFits", StoreMaker.Survey + "/mosaic/counts.fits?slice=2d"), ("listCandidates", StoreMaker.Survey + "/candidates"),
                     ("getJob", "/api/compute/" + job), ("getMapsOfJob", $"/api/compute/{job}/maps.fits"),
                 })
            await record.GetAsync("store", operation, path);
    }

    private static async Task<double> CountsAsync(Client client)
    {
        await client.UntilAsync($"{StoreMaker.Survey}/mosaic/counts.json?fresh=true&timeout=40", answer => answer.Status == System.Net.HttpStatusCode.OK);
        var file = await client.GetAsync($"{StoreMaker.Survey}/mosaic/counts.fits");
        return FitsText.Of(file.Bytes).Sum(hdu => hdu!["cards"]!.AsArray().Any(card => card!.GetValue<string>().StartsWith("EXTNAME = 'COUNTS ", StringComparison.Ordinal))
            ? hdu["data"]!["sum"]!.GetValue<double>() : 0);
    }
}
