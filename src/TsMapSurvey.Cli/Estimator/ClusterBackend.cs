using System.Text.Json;
using System.Text.Json.Nodes;
using TsMapSurvey.Cli.Commands;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Fits;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Estimator;

/// <summary>
/// Runs the estimator on the silos of a running server's cluster: uploads the datasets, polls until the maps are done, and downloads
/// them. Nothing of them stays on the server.
/// </summary>
internal sealed class ClusterBackend(string server, string? key)
{
    private const string Jobs = "/api/compute";
    private const double UploadShare = 0.1;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Limits how long the deletion of the job delays the end of the process after Ctrl-C.</summary>
    private static readonly TimeSpan DeleteTimeout = TimeSpan.FromSeconds(2);

    /// <exception cref="FailedException">The server does not answer, it refuses the job, or the job failed.</exception>
    public async Task<FluxMaps> RunAsync(
        TsMapOptions options, IReadOnlyList<string> files, IProgress<double> progress, CancellationToken cancellationToken)
    {
        foreach (var file in files) InputFile.Check(file);
        using var client = new ServerClient(server, key);
        var order = new { map = JsonNode.Parse(MapDefinition.Of(options).ToJson()), datasets = files.Select(Path.GetFileName) };
        var opened = await client.PostAsync(Jobs, order, cancellationToken);
        var job = $"{Jobs}/{opened.GetProperty("job").GetString()}";
        try
        {
            await UploadAsync(client, job, files, progress, cancellationToken);
            await client.PostAsync($"{job}/start", cancellationToken);
            var done = await WaitAsync(client, job, progress, cancellationToken);
            return await DownloadAsync(client, job, options,
                [.. done.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)], cancellationToken);
        }
        finally
        {
            await DeleteAsync(client, job);
        }
    }

    private static async Task UploadAsync(
        ServerClient client, string job, IReadOnlyList<string> files, IProgress<double> progress, CancellationToken cancellationToken)
    {
        for (var i = 0; i < files.Count; i++)
        {
            await using var content = new FileStream(
                files[i], FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await client.UploadAsync($"{job}/datasets/{i}", content, cancellationToken);
            progress.Report(UploadShare * (i + 1) / files.Count);
        }
    }

    private static async Task<JsonElement> WaitAsync(
        ServerClient client, string job, IProgress<double> progress, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            var status = await client.GetWithRetryAsync(job, cancellationToken);
            progress.Report(UploadShare + (1 - UploadShare) * status.GetProperty("progress").GetDouble());
            switch (status.GetProperty("state").GetString())
            {
                case "done":
                    return status;
                case "failed":
                    throw CliErrors.JobFailed(status.GetProperty("reason").GetString());
            }

            await Task.Delay(pause, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<FluxMaps> DownloadAsync(
        ServerClient client, string job, TsMapOptions options, IReadOnlyList<string> warnings, CancellationToken cancellationToken)
    {
        var part = Path.GetTempFileName();
        try
        {
            await client.DownloadAsync($"{job}/maps.fits", part, cancellationToken);
            using var file = FitsFile.Open(part);
            return FluxMapsReader.Read(file, options, warnings);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Also after Ctrl-C. If this request fails, the server deletes the abandoned job later.</summary>
    private static async Task DeleteAsync(ServerClient client, string job)
    {
        using var limit = new CancellationTokenSource(DeleteTimeout, TimeProvider.System);
        try
        {
            await client.DeleteAsync(job, limit.Token);
        }
        catch (Exception exception) when (exception is FailedException or OperationCanceledException)
        {
        }
    }
}
