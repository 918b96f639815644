using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Simulation;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests.Vo.Hips;

/// <summary>A survey of 40 x 4 degrees, so that an observation touches a part of the HiPS, with a server that a test may restart.</summary>
internal sealed class WideSurvey(string name) : IAsyncDisposable
{
    public const int Count = 6;
    private readonly TemporaryFolder _folder = new();
    private RunningServer? _server;

    public SurveyDefinition Definition { get; } = SmallSurvey.Definition with
    {
        Name = name,
        Tiling = SmallSurvey.Definition.Tiling with { WidthDeg = 40, PixelSizeDeg = 0.2 },
        Maps = new Dictionary<string, MapDefinition> { ["point"] = SmallSurvey.Definition.Maps["point"] },
    };

    public Client Client { get; private set; } = null!;

    public string Store => _folder.File("store");

    public string Path => $"/api/surveys/{name}";

    public string Layer => $"/hips/{name}/point-sqrt_ts";

    public async Task StartAsync()
    {
        var file = _folder.File("survey.json");
        await File.WriteAllTextAsync(file, Definition.ToJson());
        _server = await ServerHost.StartAsync(StackedServer.Settings(_folder) with { Surveys = [file] }, CancellationToken.None);
        Client = new Client(_server.Address);
    }

    public async Task StopAsync()
    {
        Client?.Dispose();
        if (_server is null) return;
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _server = null;
    }

    /// <summary>Uploads observations, and waits until they are stacked and in every map.</summary>
    /// <returns>The revision of the survey-wide map.</returns>
    public async Task<string> StackAsync(int first, int end)
    {
        using var files = new TemporaryFolder();
        var observations = new ObservationStore(BlobStores.Open(Store), Definition.Observations);
        var simulated = new SimulatedSurvey(Survey.Resolve(Definition), new SimulationOptions(Count, 2, 1)).Observations();
        foreach (var observation in simulated.Skip(first).Take(end - first))
        {
            MapDatasetFile.Write(files.File(observation.FileName), observation.Dataset);
            await observations.PutAsync(files.File(observation.FileName), observation.FileName, null, CancellationToken.None);
        }

        await Client.UntilAsync(Path, answer => answer.Json.GetProperty("stacked").GetInt32() == end);
        var made = await Client.UntilAsync(
            $"{Path}/mosaic/sqrt_ts.json?fresh=true&timeout=60", answer => answer.Status == System.Net.HttpStatusCode.OK
                && !answer.Json.GetProperty("stale").GetBoolean());
        var revision = $"{made.Json.GetProperty("revision").GetInt64()}";
        await Client.UntilAsync($"{Layer}/properties", answer => answer.Header("Tsmap-Revision") == revision);
        return revision;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }
}
