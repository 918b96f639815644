using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.RegularExpressions;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cluster.Tests;

/// <summary>Several <c>tsmap serve</c> with one store and one cluster.</summary>
internal sealed partial class TestCluster(string kind, string connection, string simulated, params string[] more) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private readonly TemporaryFolder _folder = new();

    private string Definition => Path.Combine(simulated, "survey.json");

    public string Store => _folder.File("store");

    public List<ServedSurvey> Silos { get; } = [];

    /// <summary>How many intakes run now, on the silos that do.</summary>
    public int Intakes => Silos.Sum(Intake);

    /// <summary>Starts so many at the same time.</summary>
    public async Task StartAsync(int silos) =>
        Silos.AddRange(await Task.WhenAll(Enumerable.Range(0, silos).Select(_ => Task.Run(() => Start([])))));

    /// <summary>Starts one whose wall clock is so many seconds ahead.</summary>
    public void StartAhead(int aheadS, int port)
    {
        TurnedClock.Turn(ClockOf(port), aheadS);
        Silos.Add(Start(
            ["--silo-port", $"{port}", .. TurnedClock.Variables(ClockOf(port)).Select(variable => $"{variable.Key}={variable.Value}")]));
    }

    /// <summary>The file of the clock of a silo that was started with a wrong one.</summary>
    public string ClockOf(int port) => _folder.File($"clock-{port}");

    /// <summary>How many intakes run on a silo, as its log tells.</summary>
    public static int Intake(ServedSurvey silo) => TakenUp().Count(silo.Said) - PutDown().Count(silo.Said);

    /// <summary>Puts a few at a time.</summary>
    public void Put(IEnumerable<string> files)
    {
        foreach (var some in files.Chunk(3)) Tsmap.Do(["put", .. some, "--store", Store, "--survey", Name()]);
    }

    /// <summary>Waits for what happens without anybody asking a server.</summary>
    public async Task UntilStoredAsync(Func<bool> isThere)
    {
        var watch = Stopwatch.StartNew();
        while (!isThere())
        {
            Assert.True(watch.Elapsed < Longest, string.Join("\n---\n", Silos.Select(silo => silo.Said)));
            await Task.Delay(100);
        }
    }

    /// <summary>
    /// Each knows all of these observations; the mosaics of these quantities are the same from each, bit for bit; one intake runs.
    /// </summary>
    public void AssertAlike(string[] files, params string[] quantities)
    {
        foreach (var silo in Silos) silo.WaitUntilSettled(files.Length);
        foreach (var quantity in quantities)
        {
            var answers = Silos.Select((silo, i) =>
            {
                silo.Download($"/mosaic/{quantity}.fits?fresh=true&timeout=60", _folder.File($"{quantity}-{i}.fits"));
                return File.ReadAllBytes(_folder.File($"{quantity}-{i}.fits"));
            }).ToArray();
            Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        }

        var told = Silos.Select(silo => Standing(silo.Get("/status"))).ToArray();
        Assert.All(told, standing => Assert.Equal((files.Length, files.Length, told[0].Revision), standing));
        Assert.Equal(1, Intakes);
    }

    /// <summary>The stacks are those of these observations, each once.</summary>
    public void AssertStacked(string[] files) =>
        ExpectedStacks.Hold(Silos[^1], Survey.Resolve(SurveyDefinition.Parse(File.ReadAllText(Definition))), files, _folder);

    /// <summary>Listens to a silo's events until one of a stacked observation and one of a tile's map came.</summary>
    public static async Task HearAsync(ServedSurvey silo, TaskCompletionSource listening)
    {
        using var limit = new CancellationTokenSource(Longest);
        await using var stream = await silo.OpenAsync("/events");
        var (stacked, updated) = (false, false);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(limit.Token))
        {
            // The first look is over, what changes from now on is told.
            if (item.EventType == "reset") listening.SetResult();
            stacked |= item.EventType == "observation" && Property(item.Data, "state").GetString() == "stacked";
            updated |= item.EventType == "tile-updated" && Property(item.Data, "revision").GetInt64() > 0;
            if (stacked && updated) return;
        }

        Assert.Fail($"the events ended: {silo.Said}");
    }

    public void Dispose()
    {
        foreach (var silo in Silos) silo.Dispose();
        _folder.Dispose();
    }

    private static (int Observations, int Stacked, long Revision) Standing(JsonElement status) =>
        (status.GetProperty("observations").GetInt32(), status.GetProperty("stacked").GetInt32(), status.GetProperty("revision")
            .GetInt64());

    private static JsonElement Property(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).Clone();
    }

    private ServedSurvey Start(IEnumerable<string> own) => new(
        Definition, Store, ["--clustering", kind, "--cluster-connection", connection, "--silo-address", "127.0.0.1", "--log-level",
            "Information", "TSMAP_Intake__Interval=00:00:01", .. more, .. own]);

    private string Name() => Property(File.ReadAllText(Definition), "name").GetString()!;

    [GeneratedRegex("intake started")]
    private static partial Regex TakenUp();

    [GeneratedRegex("intake stopped")]
    private static partial Regex PutDown();
}
