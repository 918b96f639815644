using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace TsMapSurvey.Benchmarks.Load;

/// <summary>One <c>tsmap serve</c>, a process of its own on a free port.</summary>
internal sealed class LoadSilo : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private LoadSilo(Process process, string address, string survey)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri($"{address}/api/surveys/{survey}/"), Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>Largest working set so far, MB.</summary>
    public double PeakMemoryMB
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1e6;
        }
    }

    /// <summary>Working set, MB.</summary>
    public double MemoryMB
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Processor time so far.</summary>
    public TimeSpan Worked
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Comes back when it answers.</summary>
    /// <param name="survey">The definition's file, and its name.</param>
    public static async Task<LoadSilo> StartAsync(string tsmap, (string File, string Name) survey, string store, string? redis)
    {
        string[] cluster = redis is null ? [] : ["--clustering", "redis", "--cluster-connection", redis, "--silo-address", "127.0.0.1"];
        var start = new ProcessStartInfo("dotnet", [
            tsmap, "serve", "--survey", survey.File, "--store", store, "--urls", "http://127.0.0.1:0", "--log-level", "Error", .. cluster])
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var first = await process.StandardOutput.ReadLineAsync();
        return first?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1) is { } address
            ? new LoadSilo(process, address, survey.Name)
            : throw new InvalidOperationException("tsmap serve ended before it answered");
    }

    /// <summary>How many observations are stacked, and how many are in a state that they should not be in.</summary>
    public async Task<(int Stacked, int Bad)> StatusAsync()
    {
        using var json = JsonDocument.Parse(await _http.GetStringAsync("status"));
        var root = json.RootElement;
        return (root.GetProperty("stacked").GetInt32(), root.GetProperty("quarantined").GetInt32() + root.GetProperty("retracted")
            .GetInt32());
    }

    /// <summary>The tiles of a stacked observation; null before it is stacked.</summary>
    public async Task<string[]?> TilesOfAsync(string observation)
    {
        using var answer = await _http.GetAsync($"observations/{observation}");
        if (!answer.IsSuccessStatusCode) return null;
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("state").GetString() == "stacked"
            ? [.. json.RootElement.GetProperty("tiles").EnumerateArray().Select(tile => tile.GetString()!)] : null;
    }

    /// <summary>Waits for a tile's map of the newest stack, or for the answer that there is nothing to fit in it.</summary>
    public async Task FreshMapAsync(string tile)
    {
        using var answer = await _http.GetAsync($"tiles/{tile}/maps/point.fits?fresh=true&timeout=60");
        if (answer.StatusCode != HttpStatusCode.NotFound) answer.EnsureSuccessStatusCode();
    }

    /// <summary>Has a tile's stack loaded and exported.</summary>
    public async Task StackAsync(string tile) => _ = await _http.GetByteArrayAsync($"tiles/{tile}/dataset.fits.gz");

    /// <summary>SIGKILL.</summary>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _http.Dispose();
    }
}
