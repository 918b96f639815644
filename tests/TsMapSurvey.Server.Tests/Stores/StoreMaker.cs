using System.Net;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Server.Tests.Contract;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests.Stores;

/// <summary>
/// Writes the store that tests keep, with the build of the day: a survey of four small tiles with five observations in two nights, of which
/// the last one was retracted, and one more in quarantine; maps and exports of all and of a window; a job that is done; and the mark of
/// another survey that was deleted. Each tile has a checkpoint and a tail.
/// </summary>
internal static class StoreMaker
{
    public const string Survey = "/api/surveys/old";
    public const string Tile = Survey + "/tiles/x001y001";
    public const string Bad = "bad.fits";

    public const int Observations = 5;
    private const int Nights = 4;

    public static SurveyDefinition Definition { get; } = new()
    {
        Name = "old",
        Tiling = new TilingDefinition
        {
            Frame = "galactic",
            Projection = "CAR",
            PixelSizeDeg = 0.2,
            WidthDeg = 6.4,
            HeightDeg = 6.4,
            CentreLonDeg = 340,
            TilePixels = 16,
        },
        EnergyAxis = AxisDefinition.LogBins(0.6, 30, 2),
        TrueEnergyAxis = AxisDefinition.LogBins(0.3, 60, 3),
        Maps = new Dictionary<string, MapDefinition> { ["point"] = MapDefinition.Parse("""{ "kernelWidthDeg": 0.6 }""") },
        Slices = ["all", "2d"],
    };

    /// <summary>One more observation than the store has.</summary>
    public static DatedObservations Sky { get; } = new(Definition, Observations + 1, 3);

    public static string Name(int index) => $"sim-{index + 1:D4}.fits.gz";

    public static int NightsLater(int index) => index < 2 ? 0 : Nights;

    public static ServerSettings Settings(string store) => new()
    {
        Urls = ["http://127.0.0.1:0"],
        Store = store,
        IntakeInterval = TimeSpan.FromMilliseconds(200),
        StoreTailLength = 2,
        LogLevel = Microsoft.Extensions.Logging.LogLevel.Critical,
    };

    public static async Task WriteAsync(string store)
    {
        await using var server = await ServerHost.StartAsync(Settings(store), CancellationToken.None);
        using var client = new Client(server.Address);
        await FillAsync(store, client);
        await ComputeAsync(server.Address, client);
    }

    public static async Task StackedAsync(Client client, int stacked) => await client.UntilAsync(Survey, answer =>
        answer.Status == HttpStatusCode.OK && answer.Json.GetProperty("stacked").GetInt32() == stacked
        && answer.Json.GetProperty("waiting").GetInt32() + answer.Json.GetProperty("inFlight").GetInt32() == 0);

    public static async Task RetractAsync(Client client, string name)
    {
        Assert.Equal(HttpStatusCode.Accepted, (await client.PostAsync($"{Survey}/observations/{name}/retract", null)).Status);
        await client.UntilAsync($"{Survey}/observations/{name}", answer => answer.Json.GetProperty("state").GetString() == "retracted");
    }

    private static async Task FillAsync(string store, Client client)
    {
        var gone = (Definition with { Name = "gone", Observations = "elsewhere/" }).ToJson();
        Assert.Equal(HttpStatusCode.Created, (await client.PostAsync("/api/surveys", gone)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await client.SendAsync(HttpMethod.Delete, "/api/surveys/gone", null)).Status);
        Assert.Equal(HttpStatusCode.Created, (await client.PostAsync("/api/surveys", Definition.ToJson())).Status);
        for (var i = 0; i < Observations; i++)
        {
            await Sky.PutAsync(store, i, NightsLater(i), Name(i));
            await StackedAsync(client, i + 1);
        }

        await File.WriteAllTextAsync(Path.Combine(store, Definition.Observations, Bad), "this is no FITS file");
        await client.UntilAsync(Survey, answer => answer.Json.GetProperty("quarantined").GetInt32() == 1);
        await RetractAsync(client, Name(Observations - 1));
        foreach (var path in new[]
                 {
                     $"{Survey}/mosaic/sqrt_ts.json?fresh=true&timeout=40", $"{Survey}/mosaic/counts.json?fresh=true&timeout=40",
                     $"{Survey}/mosaic/counts.json?fresh=true&timeout=40&slice=2d",
                     $"{Tile}/maps/point.fits?slice=2d&fresh=true&timeout=40",
                 })
            await client.UntilAsync(path, answer => answer.Status == HttpStatusCode.OK);
    }

    private static async Task ComputeAsync(Uri address, Client client)
    {
        using var folder = new TemporaryFolder();
        using var record = new ContractRecord(address, "");
        var file = folder.File("uploaded.fits.gz");
        Sky.Write(0, 0, file);
        var order = """{ "map": { "kernelWidthDeg": 0.6 }, "datasets": ["one.fits.gz"] }""";
        var job = (await client.PostAsync("/api/compute", order)).Header("Location")!;
        await record.AskAsync("job", "putDataset", "POST", job + "/datasets/0", await File.ReadAllBytesAsync(file));
        await client.PostAsync(job + "/start", null);
        await client.UntilAsync(job, answer => answer.Json.GetProperty("state").GetString() == "done");
    }
}
