using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Simulation;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Cli.Demo;

/// <summary>
/// Plays the observatory in the demo: simulates observations and uploads them to the store. The server does the rest; its results are
/// requested over HTTP.
/// </summary>
internal sealed class DemoRun(SimulatedFiles simulated, DemoFolder folder, string address)
{
    /// <summary>Largest distance of a peak from its source.</summary>
    private const int MatchRadiusPixels = 3;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    private readonly string _survey = $"/api/surveys/{simulated.Survey.Name}";
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>Simulates and uploads every observation, and waits until all are stacked or quarantined.</summary>
    public async Task<bool> StreamAsync(IProgress<double> progress, CancellationToken cancellationToken)
    {
        var store = new ObservationStore(BlobStores.Open(folder.Store), simulated.Survey.Definition.Observations);
        using var client = new ServerClient(address, ServerClient.OwnKey);
        var count = simulated.Count;
        for (var index = 0; index < count; index++)
        {
            var name = await Task.Run(() => simulated.Write(folder.Outbox, index), cancellationToken);
            var file = Path.Combine(folder.Outbox, name);
            await store.PutAsync(file, name, null, cancellationToken);
            File.Delete(file);
            progress.Report(await SettledAsync(client, cancellationToken) / (double)count);
        }

        while (await SettledAsync(client, cancellationToken) is var settled && settled < count)
        {
            progress.Report(settled / (double)count);
            await Task.Delay(PollInterval, TimeProvider.System, cancellationToken);
        }

        return true;
    }

    /// <summary>
    /// Requests the peaks of every map of the survey and matches them with the simulated sources. Peaks within half a kernel of a stronger
    /// one are part of it and left out.
    /// </summary>
    public async Task<DemoOutcome> FinishAsync(CancellationToken cancellationToken)
    {
        using var client = new ServerClient(address, ServerClient.OwnKey);
        var peaks = new List<DetectedPeak>();
        foreach (var (name, options) in simulated.Survey.Maps)
        {
            var separation = ((options.KernelWidthDeg ?? 1) / 2).ToString(CultureInfo.InvariantCulture);
            var answer = await client.GetFreshAsync(
                $"{_survey}/candidates.json?map={name}&min_sqrt_ts=5&min_separation={separation}&fresh=true&timeout=60",
                cancellationToken);
            peaks.AddRange(answer.EnumerateArray().Select(Peak));
        }

        var status = await client.GetAsync($"{_survey}/status", cancellationToken);
        return new DemoOutcome(
            SourceMatching.Match(simulated.Truth.Sources, peaks, MatchRadiusPixels * simulated.Survey.Tiling.PixelScaleDeg),
            status.GetProperty("stacked").GetInt32(), status.GetProperty("quarantined").GetInt32(), _watch.Elapsed);
    }

    private static DetectedPeak Peak(JsonElement peak)
    {
        double Number(string name) =>
            peak.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;
        return new DetectedPeak(new SkyPosition(Number("ra"), Number("dec"), SkyFrame.Icrs), Number("sqrtTs"))
        {
            ErrorDeg = Number("posErr"),
            Flux = Number("flux"),
            FluxError = Number("fluxErr"),
        };
    }

    /// <summary>The number of observations that are stacked or quarantined.</summary>
    private async Task<int> SettledAsync(ServerClient client, CancellationToken cancellationToken)
    {
        var status = await client.GetAsync($"{_survey}/status", cancellationToken);
        return status.GetProperty("stacked").GetInt32() + status.GetProperty("quarantined").GetInt32();
    }
}
