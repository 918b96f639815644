namespace TsMapSurvey.Cli.Tests;

/// <summary>Fifty files that no survey can use, put among good ones.</summary>
[Trait("Pace", "slow")]
public sealed class HostileFilesTests
{
    [Fact]
    public void Every_good_file_is_stacked_every_bad_one_quarantined_with_a_reason_and_memory_stays_flat()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("bad"));
        var good = Simulated.Observations();
        var bad = Hostile.Write(folder.File("bad"), good[0]);
        Assert.Equal(50, bad.Count);
        using var served = new ServedSurvey(Path.Combine(Simulated.Folder, "survey.json"), folder.File("store"));
        served.Put(good[..2]);
        served.WaitUntilSettled(2);
        var before = served.PeakMemory;
        served.Put(bad);
        served.Put(good[2..]);
        served.WaitUntilSettled(bad.Count + good.Length);
        foreach (var observation in served.Get("/observations?limit=500").EnumerateArray())
        {
            var name = observation.GetProperty("name").GetString()!;
            var expected = good.Any(file => Path.GetFileName(file) == name) ? "stacked" : "quarantined";
            Assert.True(observation.GetProperty("state").GetString() == expected, $"{observation}");
            if (expected == "quarantined") Assert.True(observation.GetProperty("reason").GetString() is { Length: > 20 } reason
                && reason.Contains(name, StringComparison.Ordinal)
                && !reason.Contains("internal error", StringComparison.Ordinal), $"{observation}");
        }

        Assert.Equal(good.Length, served.Get("/status").GetProperty("stacked").GetInt32());
        Assert.True(served.PeakMemory - before < 200L << 20, $"memory grew from {before >> 20} to {served.PeakMemory >> 20} MiB");
    }
}
