using System.Diagnostics;
using System.Text.Json;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Cli.Tests;

/// <summary>A server whose process is killed in the middle of its work, again and again, on one store.</summary>
[Trait("Pace", "slow")]
public sealed class KilledServerTests
{
    /// <summary>Makes the server sum every tile's nights, and store those that are over.</summary>
    private const string TwoNights = "/mosaic/counts.json?slice=2d";

    /// <summary>Of waiting for commits: a round in which fewer come than are waited for is killed at rest.</summary>
    private static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(4);

    [Theory]
    [InlineData(11, 3)]
    public async Task Whatever_is_killed_and_put_twice_every_observation_is_in_every_stack_once(int seed, int kills)
    {
        using var folder = new TemporaryFolder();
        var (random, store, definition) = (new Random(seed), folder.File("store"), Path.Combine(Simulated.DozenFolder, "survey.json"));
        var files = Simulated.Dozen();
        random.Shuffle(files);
        for (var round = 0; round < kills; round++)
        {
            using var doomed = new ServedSurvey(definition, store);
            // New ones, and again all that are somewhere on their way.
            var batch = files[..((round + 1) * files.Length / kills)];
            var putting = Task.Run(() => doomed.Put(batch), TestContext.Current.CancellationToken);
            WaitForCommits(store, StoredCommits.Count(store) + random.Next(1, 8), random.Next(40));
            doomed.Kill();
            await putting;
        }

        using var served = new ServedSurvey(definition, store);
        served.Put(files);
        served.WaitUntilSettled(files.Length);
        var status = served.Get("/status");
        Assert.True((status.GetProperty("observations").GetInt32(), status.GetProperty("stacked").GetInt32()) == (
            files.Length, files.Length), $"{status}\n{served.Said}");
        ExpectedStacks.Hold(served, Survey.Resolve(
            SurveyDefinition.Parse(await File.ReadAllTextAsync(definition, TestContext.Current.CancellationToken))), files, folder);
    }

    [Theory]
    [InlineData(21, 3)]
    public async Task Killed_in_the_middle_of_retracting_and_replacing_the_stacks_are_in_the_end_those_of_what_is_there(int seed, int kills)
    {
        using var folder = new TemporaryFolder();
        var (random, store, definition) = (new Random(seed), folder.File("store"), InTwoNights(folder.File("survey.json")));
        string[] files = Simulated.Dozen(), others = Simulated.OtherDozen();
        int[] order = [.. Enumerable.Range(0, files.Length)];
        random.Shuffle(order);
        var (retracted, replaced, cut) = (order[..4], order[3..8], new List<string>());
        using (var first = new ServedSurvey(definition, store))
        {
            first.Put(files);
            first.WaitUntilSettled(files.Length);
            first.WaitUntil(TwoNights, _ => true);
            first.Kill();
        }

        for (var round = 0; round < kills; round++)
        {
            using var doomed = new ServedSurvey(definition, store);
            var (outgoing, incoming) =
                (retracted[..((round + 1) * retracted.Length / kills)], replaced[..((round + 1) * replaced.Length / kills)]);
            var before = StoredCommits.Count(store);
            var putting =
                Task.Run(() => doomed.Put(incoming.Except(outgoing).Select(i => others[i])), TestContext.Current.CancellationToken);
            var retracting = Task.Run(
                () => Array.ForEach(outgoing, i => doomed.TryRetract(Path.GetFileName(files[i]))), TestContext.Current.CancellationToken);
            var asking = Task.Run(() => doomed.TryGet(TwoNights), TestContext.Current.CancellationToken);
            // In every other round right after the last yes: what was promised is not done yet.
            if (round % 2 == 1) await retracting;
            else WaitForCommits(store, before + random.Next(1, 6), random.Next(40));
            doomed.Kill();
            await Task.WhenAll(putting, retracting, asking);
            cut.AddRange(Underway(store));
        }

        // Otherwise it would be another test.
        Assert.Contains("Retracting", cut);
        using var served = new ServedSurvey(definition, store);
        served.Put(replaced.Except(retracted).Select(i => others[i]));
        foreach (var i in retracted) Assert.True(served.TryRetract(Path.GetFileName(files[i])), served.Said);
        served.WaitUntilAllIsSeen();
        var status = served.Get("/status");
        Assert.True((files.Length - retracted.Length, retracted.Length) == (
            status.GetProperty("stacked").GetInt32(), status.GetProperty("retracted").GetInt32()), $"{status}\n{served.Said}");
        string[] there = [.. Enumerable.Range(0, files.Length).Except(retracted).Select(i => replaced.Contains(i) ? others[i] : files[i])];
        var survey = Survey.Resolve(SurveyDefinition.Parse(await File.ReadAllTextAsync(definition, TestContext.Current.CancellationToken)));
        ExpectedStacks.Hold(served, survey, there, folder);
        foreach (var slice in survey.Slices.Where(slice => slice.Nights is not null))
            ExpectedStacks.HoldOf(slice, served, survey, there, folder);
        Assert.Equal(0, served.Stop());
        Tsmap.Do("verify", "--survey", Name(definition), "--store", store);
        var left = Directory.GetFiles(Path.Combine(store, ".tsmap", "new"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "owner");
        Assert.Empty(left);
    }

    /// <summary>The dozen's survey with slices; its night from 19:12 UTC on is two where nights begin at half past ten.</summary>
    private static string InTwoNights(string path)
    {
        var definition = SurveyDefinition.Parse(File.ReadAllText(Path.Combine(Simulated.DozenFolder, "survey.json")));
        File.WriteAllText(path, (definition with { Slices = ["all", "2d", "1d"], NightStartUtcHour = 22.5 }).ToJson());
        return path;
    }

    /// <summary>The states of the observations that are not at their end.</summary>
    private static IEnumerable<string> Underway(string store) =>
        Directory.EnumerateFiles(Path.Combine(store, "surveys"), "*.fits.gz.json", SearchOption.AllDirectories).Select(file =>
    {
        using var record = JsonDocument.Parse(File.ReadAllBytes(file));
        return record.RootElement.GetProperty("state").GetString()!;
    }).Where(state => state is not ("Stacked" or "Retracted" or "Quarantined"));

    private static string Name(string definition)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(definition));
        return json.RootElement.GetProperty("name").GetString()!;
    }

    /// <summary>Until the tiles have so many commits or nothing more seems to come, and a few milliseconds more.</summary>
    private static void WaitForCommits(string store, long commits, int milliseconds)
    {
        var watch = Stopwatch.StartNew();
        // Not all the time, which would take the processor from the server.
        while (StoredCommits.Count(store) < commits && watch.Elapsed < LongestRound) SpinWait.SpinUntil(() => false, 10);
        SpinWait.SpinUntil(() => false, milliseconds);
    }
}
