using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace TsMapSurvey.Testing;

/// <summary><c>tsmap serve</c> as a process of its own on a free port, with one survey.</summary>
public sealed partial class ServedSurvey : IDisposable
{
    /// <summary>Long on any machine, however busy: a wait ends when what is waited for has happened.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly HttpClient _http;
    private readonly string _name;

    /// <param name="more">Arguments, and NAME=VALUE of the environment.</param>
    public ServedSurvey(string survey, string store, params string[] more)
    {
        using (var json = JsonDocument.Parse(File.ReadAllText(survey))) _name = json.RootElement.GetProperty("name").GetString()!;
        Store = store;
        var start = TestedProgram.Start(
            ["serve", "--survey", survey, "--store", store, "--urls", "http://127.0.0.1:0", .. more.Where(IsArgument)]);
        foreach (var variable in more.Where(one => !IsArgument(one)).Select(one => one.Split('=', 2)))
            start.Environment[variable[0]] = variable[1];
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Log(line.Data);
        _process.BeginErrorReadLine();
        var first = _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(3)).GetAwaiter().GetResult();
        Address = first?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1)
            ?? throw new InvalidOperationException($"tsmap serve ended: {Said}");
        _http = new HttpClient { BaseAddress = new Uri(Address), Timeout = TimeSpan.FromMinutes(3) };
    }

    public string Address { get; }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    public Task<Stream> OpenAsync(string path) => _http.GetStreamAsync($"/api/surveys/{_name}{path}");

    public string Store { get; }

    public string Said
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>The largest working set of the server's process so far, bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Has <see cref="PeakMemory"/> begin again at what is resident now, on Linux (proc(5): clear_refs).</summary>
    public void ForgetPeak() => File.WriteAllText($"/proc/{_process.Id}/clear_refs", "5");

    public JsonElement Get(string path)
    {
        using var json = JsonDocument.Parse(_http.GetStringAsync($"/api/surveys/{_name}{path}").GetAwaiter().GetResult());
        return json.RootElement.Clone();
    }

    public void Download(string path, string file) =>
        File.WriteAllBytes(file, _http.GetByteArrayAsync($"/api/surveys/{_name}{path}").GetAwaiter().GetResult());

    public void Put(IEnumerable<string> files) => Tsmap.Do(["put", .. files, "--store", Store, "--survey", _name]);

    /// <summary>Waits until so many observations are stacked or quarantined.</summary>
    public void WaitUntilSettled(int observations)
    {
        var watch = Stopwatch.StartNew();
        while (Get("/status") is var status
            && status.GetProperty("stacked").GetInt32() + status.GetProperty("quarantined").GetInt32() < observations)
        {
            Assert.False(_process.HasExited, Said);
            Assert.True(watch.Elapsed < LongestWait, $"{status}\n{Said}");
            SpinWait.SpinUntil(() => false, 100);
        }
    }

    /// <summary>Waits until the store was looked through once.</summary>
    public void WaitUntilListed()
    {
        var watch = Stopwatch.StartNew();
        while (Get("/status") is var status && status.GetProperty("reconciledAt").ValueKind == JsonValueKind.Null)
        {
            Assert.False(_process.HasExited, Said);
            Assert.True(watch.Elapsed < LongestWait, $"{status}\n{Said}");
            SpinWait.SpinUntil(() => false, 100);
        }
    }

    /// <summary>Waits until what is in the store's folder is what is known, and each is at its end.</summary>
    public void WaitUntilAllIsSeen()
    {
        var watch = Stopwatch.StartNew();
        while (!AllIsSeen())
        {
            Assert.False(_process.HasExited, Said);
            Assert.True(watch.Elapsed < LongestWait, $"{Get("/observations")}\n{Said}");
            SpinWait.SpinUntil(() => false, 100);
        }
    }

    /// <summary>Waits until an answer that is there is as wanted.</summary>
    public void WaitUntil(string path, Func<JsonElement, bool> isWanted)
    {
        var watch = Stopwatch.StartNew();
        while (TryGet(path) is not { } answer || !isWanted(answer))
        {
            Assert.False(_process.HasExited, Said);
            Assert.True(watch.Elapsed < LongestWait, $"{path}\n{Said}");
            SpinWait.SpinUntil(() => false, 100);
        }
    }

    /// <summary>Null while there is none, and from a server that is killed meanwhile.</summary>
    public JsonElement? TryGet(string path)
    {
        try
        {
            using var answer = _http.GetAsync($"/api/surveys/{_name}{path}").GetAwaiter().GetResult();
            if (answer.StatusCode != System.Net.HttpStatusCode.OK) return null;
            using var json = JsonDocument.Parse(answer.Content.ReadAsStringAsync().GetAwaiter().GetResult());
            return json.RootElement.Clone();
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or IOException)
        {
            return null;
        }
    }

    /// <summary>Asks to take an observation out; whether the server said yes before it was killed.</summary>
    public bool TryRetract(string observation)
    {
        try
        {
            using var answer = _http.PostAsync($"/api/surveys/{_name}/observations/{observation}/retract", null).GetAwaiter().GetResult();
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private bool AllIsSeen()
    {
        var known = Get("/observations").EnumerateArray().ToDictionary(entry => entry.GetProperty("name").GetString()!);
        return Directory.GetFiles(Path.Combine(Store, "observations")).Select(file => new FileInfo(file)).All(file =>
            known.TryGetValue(file.Name, out var entry)
                && entry.GetProperty("eTag").GetString() == $"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}"
            && entry.GetProperty("state").GetString() is "stacked" or "quarantined" or "retracted");
    }

    public void Mosaic(string quantity, string file) =>
        Tsmap.Do("mosaic", "--server", Address, "--survey", _name, "--quantity", quantity, "--out", file);

    /// <summary>SIGKILL: nothing of the process runs after it.</summary>
    public void Kill()
    {
        Assert.False(_process.HasExited, $"it ended before it was killed: {Said}");
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Asks the process to end, as a container runtime does, and returns its exit code.</summary>
    public int Stop()
    {
        Tools.Run("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        Assert.True(_process.WaitForExit(TimeSpan.FromSeconds(75)), $"the server did not stop within 75 s: {Said}");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _http.Dispose();
    }

    private static bool IsArgument(string one) => !Variable().IsMatch(one);

    [GeneratedRegex("^[A-Z_]{2,}[A-Za-z_]*=")]
    private static partial Regex Variable();

    private void Log(string? line)
    {
        lock (_log) _log.AppendLine(line);
    }
}
