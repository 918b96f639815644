using System.Text.Json;

namespace TsMapSurvey.Cli.Tests;

/// <summary>Observations are listed, taken out and put back, and the stacks verified, by commands.</summary>
[Trait("Pace", "slow")]
public sealed class LifeCycleCommandTests
{
    [Fact]
    public void An_observation_goes_out_and_comes_back_and_the_stacks_are_verified_without_a_server()
    {
        using var folder = new TemporaryFolder();
        var (definition, store, files) = (Path.Combine(Simulated.Folder, "survey.json"), folder.File("store"), Simulated.Observations());
        var (name, survey) = (Path.GetFileName(files[1]), Survey(definition));
        using (var served = new ServedSurvey(definition, store))
        {
            served.Put(files);
            served.WaitUntilAllIsSeen();
            string[] Listed(params string[] options) => [.. Array(Tsmap.Do(["observations", "--server", served.Address, "--json",
                .. options])).Select(entry => entry.GetProperty("name").GetString()!)];
            Assert.Equal(files.Select(Path.GetFileName), Listed());
            foreach (var near in new[] { name.Replace(".fits", ".fit", StringComparison.Ordinal), name[..^".fits.gz".Length] })
            {
                var unknown = Tsmap.Run("retract", near, "--server", served.Address);
                Assert.Equal((1,
                    $"tsmap: survey {survey} has no observation '{near}', did you mean '{name}'? tsmap observations lists all"),
                    (unknown.ExitCode, unknown.Error.Trim()));
            }

            Assert.Contains($"\"survey\": \"{survey}\"", Tsmap.RunWith($"TSMAP_SERVER={served.Address}", "status", "--json").Output,
                StringComparison.Ordinal);
            Assert.Contains("retracting", Tsmap.Do("retract", name, "--server", served.Address), StringComparison.Ordinal);
            served.WaitUntilAllIsSeen();
            Assert.Equal([name], Listed("--state", "retracted"));
            var table = Tsmap.Do("observations", "--server", served.Address, "--survey", survey, "--state", "retracted", "--wide");
            Assert.Matches("changedAt.*reason", table);
            Assert.Contains("retracted on request", table, StringComparison.Ordinal);
            Tsmap.Do("verify", "--survey", survey, "--store", store);
            Assert.Contains("received", Tsmap.Do("retry", name, "--server", served.Address), StringComparison.Ordinal);
            served.WaitUntilAllIsSeen();
            Assert.Equal(files.Length, Listed("--state", "stacked").Length);
            Assert.Equal((1, true), Failing("retry", name, "--server", served.Address));
            Assert.Equal(2, Tsmap.Run("observations", "--server", served.Address, "--state", "lost").ExitCode);
            Assert.Equal(0, served.Stop());
        }

        // The only survey of the store.
        var tiles = Array(Tsmap.Do("verify", "--store", store, "--json"));
        Assert.NotEmpty(tiles);
        Assert.All(tiles, tile => Assert.Equal(0, tile.GetProperty("problems").GetArrayLength()));
        File.WriteAllText(Path.Combine(store, "observations", name), "no FITS");
        var bad = Tsmap.Run("verify", "--survey", survey, "--store", store);
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains($"cannot be rebuilt without the added version of {name}", bad.Output, StringComparison.Ordinal);
        var mistyped = Tsmap.Run("verify", "--survey", "none", "--store", store);
        Assert.Equal(2, mistyped.ExitCode);
        Assert.Contains("--survey: found 'none', ", mistyped.Error, StringComparison.Ordinal);
    }

    private static (int, bool) Failing(params string[] command)
    {
        var result = Tsmap.Run(command);
        return (result.ExitCode, result.Error.Contains("expected Quarantined or Retracted", StringComparison.Ordinal));
    }

    private static JsonElement[] Array(string json)
    {
        using var parsed = JsonDocument.Parse(json);
        return [.. parsed.RootElement.Clone().EnumerateArray()];
    }

    private static string Survey(string definition)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(definition));
        return json.RootElement.GetProperty("name").GetString()!;
    }
}
