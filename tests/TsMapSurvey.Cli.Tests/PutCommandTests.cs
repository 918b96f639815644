using System.Security.Cryptography;
using System.Text.Json;

namespace TsMapSurvey.Cli.Tests;

/// <summary>Uploads that are interrupted and started again.</summary>
public sealed class PutCommandTests
{
    private const int Files = 10;
    private const int Bytes = 12 << 20;

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

        // A pipe that nobody writes to: however late the kill comes, the last file is still to be sent.
        var (last, lastContent) = (files[^1], File.ReadAllBytes(files[^1]));
        File.Delete(last);
        Assert.Equal(0, Tools.Run(Tools.Need("mkfifo", "coreutils"), [last]).ExitCode);
        string[] Arrived() => Directory.Exists(Path.Combine(store, "observations")) ? Directory.GetFiles(Path.Combine(store, "observations")) : [];
        using (var putting = new RunningTsmap(folder.Path, ["put", .. files, "--store", store]))
        {
            Assert.True(putting.WaitUntil(() => Arrived().Length >= 2, TimeSpan.FromMinutes(5)), "it ended before it was killed");
            putting.Signal("KILL", TimeSpan.FromMinutes(5));
        }

        File.Delete(last);
        File.WriteAllBytes(last, lastContent);

        var there = Arrived();
        Assert.InRange(there.Length, 2, Files - 1);
        Assert.All(there, file => Assert.Equal(Hash(folder.File(Path.GetFileName(file))), Hash(file)));

        using var results = JsonDocument.Parse(Tsmap.Do(["put", .. files, "--store", store, "--json"]));
        var outcomes = results.RootElement.EnumerateArray().ToDictionary(result => result.GetProperty("name").GetString()!, result => result.GetProperty("outcome").GetString());
        Assert.Equal(there.Select(file => Path.GetFileName(file)!).Order(), outcomes.Where(one => one.Value == "AlreadyThere").Select(one => one.Key).Order());
        Assert.Equal(Files - there.Length, outcomes.Count(one => one.Value == "Uploaded"));
        Assert.Equal(files.Select(Hash), Arrived().Order(StringComparer.Ordinal).Select(Hash));
        Assert.Equal($"0 uploaded, {Files} already there", Tsmap.Do(["put", .. files, "--store", store]).Trim());
    }

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
}
