using System.Text.Json;

namespace TsMapSurvey.Cli.Tests;

[Trait("Pace", "slow")]
public sealed class FileCommandTests
{
    [Fact]
    public void Simulate_writes_the_same_bytes_for_the_same_seed()
    {
        using var folder = new TemporaryFolder();
        Tsmap.Do("simulate", "--out", folder.File("again"), "--observations", "4", "--sources", "5", "--seed", "3");
        foreach (var file in Simulated.Observations().Append(Path.Combine(Simulated.Folder, "truth.json")))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(folder.File("again", Path.GetFileName(file))));
    }

    [Fact]
    public void Simulated_events_are_reduced_with_the_survey_beside_them()
    {
        using var folder = new TemporaryFolder();
        Tsmap.Do("simulate", "--out", folder.File("sky"), "--events", "--observations", "2", "--sources", "1", "--seed", "3");
        Assert.Equal(
            ["hdu-index.fits.gz", "obs-index.fits.gz", "sim-0001.fits.gz", "sim-0002.fits.gz", "survey.json", "truth.json"],
            Directory.GetFiles(folder.File("sky")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var json = JsonDocument.Parse(Tsmap.Do(
            "reduce", folder.File("sky", "sim-0001.fits.gz"), "--survey", folder.File("sky", "survey.json"), "--out", folder.File("maps"),
                "--json"));
        Assert.InRange(json.RootElement[0].GetProperty("safeCounts").GetDouble(), 500, 5000);
        Assert.Equal(1, json.RootElement[0].GetProperty("backgroundNorm").GetDouble());
        Assert.Single(Directory.GetFiles(folder.File("maps")));
    }

    [Fact]
    public void A_simulated_whole_sky_is_written_as_events_and_its_survey_has_tiles_everywhere()
    {
        using var folder = new TemporaryFolder();
        Tsmap.Do("simulate", "--out", folder.File("sky"), "--all-sky", "--observations", "3", "--sources", "2");
        Assert.Equal(3, Directory.GetFiles(folder.File("sky"), "sim-*.fits.gz").Length);
        using var survey = JsonDocument.Parse(File.ReadAllText(folder.File("sky", "survey.json")));
        Assert.Equal("healpix", survey.RootElement.GetProperty("tiling").GetProperty("kind").GetString());
        Assert.Equal(15, survey.RootElement.GetProperty("events").GetProperty("offsetMaxDeg").GetDouble());
        using var truth = JsonDocument.Parse(File.ReadAllText(folder.File("sky", "truth.json")));
        Assert.Equal(2, truth.RootElement.GetProperty("sources").GetArrayLength());
    }

    [Fact]
    public void Info_lists_what_is_in_a_file()
    {
        using var json = JsonDocument.Parse(Tsmap.Do("info", Simulated.Observation(), "--json"));
        var names = json.RootElement.EnumerateArray().Select(hdu => hdu.GetProperty("name").GetString()).ToArray();
        foreach (var name in new[] { "COUNTS", "EXPOSURE", "BACKGROUND", "PSF", "EDISP", "MASK_SAFE", "GTI" }) Assert.Contains(name, names);
        Assert.Contains("COUNTS_BANDS", Tsmap.Do("info", Simulated.Observation()), StringComparison.Ordinal);
        Assert.Contains("CTYPE1", Tsmap.Do("info", Simulated.Observation(), "--headers"), StringComparison.Ordinal);
    }

    [Fact]
    public void Stack_takes_the_union_of_the_datasets_or_a_surveys_grid()
    {
        using var folder = new TemporaryFolder();
        Tsmap.Do(["stack", .. Simulated.Observations(), "--out", folder.File("union.fits.gz")]);
        Tsmap.Do(["stack", .. Simulated.Observations(), "--out", folder.File("survey.fits.gz"), "--survey",
            Path.Combine(Simulated.Folder, "survey.json")]);
        Assert.Equal(Simulated.Observations().Sum(SafeCounts), Counts(folder.File("union.fits.gz")));
        Assert.InRange(Counts(folder.File("survey.fits.gz")), 1, Counts(folder.File("union.fits.gz")));
    }

    [Fact]
    public void Plot_draws_a_picture_and_names_the_choices_when_the_quantity_is_missing()
    {
        using var folder = new TemporaryFolder();
        Tsmap.Do("plot", Simulated.Observation(), "--quantity", "counts", "--out", folder.File("c.png"), "--stretch", "sqrt");
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(folder.File("c.png"))[..4]);
        var wrong = Tsmap.Run("plot", Simulated.Observation(), "--quantity", "sqrt_ts", "--out", folder.File("x.png"));
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("background", wrong.Error, StringComparison.Ordinal);
        Assert.Equal(2, Tsmap.Run("plot", Simulated.Observation(), "--hdu", "99", "--out", folder.File("x.png")).ExitCode);
        Assert.Equal(2, Tsmap.Run(
            "plot", Simulated.Observation(), "--quantity", "counts", "--colormap", "beige", "--out", folder.File("x.png")).ExitCode);
        Assert.Equal(2, Tsmap.Run("simulate", "--out", folder.File("none"), "--observations", "0").ExitCode);
    }

    [Fact]
    public void Clients_say_when_no_server_answers()
    {
        var result = Tsmap.Run("status", "--server", "http://127.0.0.1:9");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("is tsmap serve running", result.Error, StringComparison.Ordinal);
    }

    private static double Counts(string file)
    {
        using var json = JsonDocument.Parse(Tsmap.Do("info", file, "--json"));
        return json.RootElement.EnumerateArray().First(hdu => hdu.GetProperty("name").GetString() == "COUNTS").GetProperty("sum")
            .GetDouble();
    }

    private static double SafeCounts(string file)
    {
        var dataset = Maps.Gadf.MapDatasetFile.Read(file);
        return dataset.Counts!.Data.Where((_, i) => dataset.MaskSafe!.Data[i]).Sum();
    }
}
