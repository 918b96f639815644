using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TsMapSurvey.Cli.Tests;

/// <summary>Uploads that are interrupted and started again.</summary>
public sealed class PutCommandTests
{
    private const int Files = 10;
    private const int Bytes = 1 << 20;
    private const int ArrivedBeforeKill = 5;

    [Fact]
    public void A_put_that_was_killed_leaves_whole_files_only_and_the_next_one_sends_the_rest()
    {
        using var folder = new TemporaryFolder();
        var (store, random) = (folder.File("store"), new Random(7));
        string[] files = [.. Enumerable.Range(0, Files).Select(i => folder.File($"o{i}.fits"))];
        foreach (var file in files)
        {
            var content = new byte[Bytes];
            random.NextBytes(content);
            File.WriteAllBytes(file, content);
        }

        string[] Arrived() => Directory.Exists(Path.Combine(store, "observations")) ? Directory.GetFiles(Path.Combine(store, "observations")) : [];
        // The upload of the next file waits for its name's lock, which this test holds: the kill comes in the middle of it, however fast the machine is.
        using (LockOf(store, $"observations/o{ArrivedBeforeKill}.fits"))
        using (var putting = new RunningTsmap(folder.Path, ["put", .. files, "--store", store]))
        {
            Assert.True(putting.WaitUntil(() => Arrived().Length == ArrivedBeforeKill, TimeSpan.FromMinutes(2)), "it ended before it was killed");
            putting.Signal("KILL", TimeSpan.FromMinutes(2));
        }

        var there = Arrived();
        Assert.Equal(ArrivedBeforeKill, there.Length);
        Assert.All(there, file => Assert.Equal(Hash(folder.File(Path.GetFileName(file))), Hash(file)));

        using var results = JsonDocument.Parse(Tsmap.Do(["put", .. files, "--store", store, "--json"]));
        var outcomes = results.RootElement.EnumerateArray().ToDictionary(result => result.GetProperty("name").GetString()!, result => result.GetProperty("outcome").GetString());
        Assert.Equal(there.Select(file => Path.GetFileName(file)!).Order(), outcomes.Where(one => one.Value == "AlreadyThere").Select(one => one.Key).Order());
        Assert.Equal(Files - there.Length, outcomes.Count(one => one.Value == "Uploaded"));
        Assert.Equal(files.Select(Hash), Arrived().Order(StringComparer.Ordinal).Select(Hash));
        Assert.Equal($"0 uploaded, {Files} already there", Tsmap.Do(["put", .. files, "--store", store]).Trim());
    }

    private static FileStream LockOf(string store, string blob)
    {
        var locks = Directory.CreateDirectory(Path.Combine(store, ".tsmap", "locks")).FullName;
        var stripe = SHA256.HashData(Encoding.UTF8.GetBytes(blob))[0];
        return new FileStream(Path.Combine(locks, $"{stripe:x2}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
}
