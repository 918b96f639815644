using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests.Contract;

/// <summary>
/// A server that takes keys, with a survey of two slices and two maps: four observations stacked in two nights that are ten days apart, one
/// retracted, one in quarantine. What it answers on the way is noted.
/// </summary>
public sealed class ContractServer : IAsyncLifetime
{
    public const string WriteKey = "contract-write-key-0123456789";
    public const string WebhookKey = "contract-webhook-key-0123456789";
    public const string Bad = "night/bad.fits";
    private const int Nights = 10;

    private readonly TemporaryFolder _folder = new();
    private ContractRecord? _record;
    private RunningServer? _server;
    private Client? _client;

    internal static SurveyDefinition Definition { get; } = SmallSurvey.Definition with { Slices = ["all", "7d"] };

    internal static DatedObservations Sky { get; } = new(Definition, 6, 1);

    public IReadOnlyDictionary<string, JsonArray> Resources => _record!.Resources;

    public IReadOnlySet<string> Operations => _record!.Operations;

    private string Store => _folder.File("store");

    private Client Client => _client!;

    public async ValueTask InitializeAsync()
    {
        var settings = StackedServer.Settings(_folder) with
        {
            IntakeInterval = TimeSpan.FromDays(1),
            WriteKeys = [WriteKey],
            IntakeWebhookKey = WebhookKey,
        };
        _server = await ServerHost.StartAsync(settings, CancellationToken.None);
        _client = new Client(_server.Address);
        _record = new ContractRecord(_server.Address, WriteKey);
        await ContractRows.DefineAsync(_record);
        await Client.UntilAsync("/api/surveys/small", answer => answer.Json.GetProperty("reconciledAt").ValueKind == JsonValueKind.String);
        await ContractRows.AskEmptyAsync(_record);
        for (var i = 0; i < 5; i++)
        {
            await Sky.PutAsync(Store, i, i < 2 ? 0 : Nights, Name(i));
            await ContractRows.NotifyAsync(_record, Definition.Observations + Name(i));
            await UntilAsync(Name(i), "stacked");
        }

        await SmallSurvey.PutBadAsync(Store, Bad);
        await ContractRows.NotifyAsync(_record, Definition.Observations + Bad);
        await UntilAsync(Bad, "quarantined");
        await ContractRows.AskUncomputedAsync(_record);
        await ContractRows.RetractAsync(_record, Name(4));
        await UntilAsync(Name(4), "retracted");
        foreach (var map in new[] { "point", "bands" })
            foreach (var slice in new[] { "all", "7d" }) await MadeAsync(map, slice);
        await ContractRows.ReadAsync(_record);
        await ContractRows.RefuseAsync(_record);
        await ContractRows.RetryAsync(_record, Bad);
        await UntilAsync(Bad, "quarantined");
        await ContractRows.RetractAsync(_record, Name(3));
        await UntilAsync(Name(3), "retracted");
        await MadeAsync("point", "all");
        await ContractRows.ReadAgainAsync(_record);
        await ComputeAsync();
        await ContractRows.DeleteAsync(_record);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        _record?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static string Name(int index) => $"sim-{index + 1:D4}.fits.gz";

    /// <summary>Waits until an observation exists and none is being processed.</summary>
    private async Task UntilAsync(string name, string state)
    {
        await Client.UntilAsync($"/api/surveys/small/observations/{name}", answer =>
            answer.Status == HttpStatusCode.OK && answer.Json.GetProperty("state").GetString() == state);
        await Client.UntilAsync("/api/surveys/small", answer =>
            answer.Json.GetProperty("waiting").GetInt32() + answer.Json.GetProperty("inFlight").GetInt32() == 0);
    }

    /// <summary>Computes the maps of all tiles.</summary>
    private Task<Answer> MadeAsync(string map, string slice) => Client.UntilAsync(
        $"/api/surveys/small/mosaic/sqrt_ts.json?map={map}&slice={slice}&fresh=true&timeout=40",
        answer => answer.Status == HttpStatusCode.OK);

    private async Task ComputeAsync()
    {
        var file = _folder.File("uploaded.fits.gz");
        Sky.Write(5, 0, file);
        var job = await ContractRows.OpenJobAsync(_record!, await File.ReadAllBytesAsync(file));
        await Client.UntilAsync(job, answer => answer.Json.GetProperty("state").GetString() == "done");
        await ContractRows.FetchJobAsync(_record!, job);
    }
}
