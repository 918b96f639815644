using System.Text;
using System.Text.Json;
using TsMapSurvey.Estimators.Gadf;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;

namespace TsMapSurvey.Cli.Tests;

[Trait("Pace", "slow")]
public sealed class ComputeCommandTests
{
    private const string Fermi = "--index 2 --amplitude|1e-22 cm-2 s-1 keV-1 --rtol 1e-6 ";

    public static TheoryData<string, string> Cases => new()
    {
        { "full", "--kernel-width|1 deg --energy-edges|10 GeV,100 GeV" },
        { "cube", "--kernel-width|1 deg --energy-edges|10 GeV,500 GeV --sum-over-energy-groups|false" },
        { "bands", "--kernel-width|1 deg --energy-edges|10 GeV,30 GeV,100 GeV,500 GeV" },
        { "gauss", "--kernel-width|2 deg --energy-edges|10 GeV,500 GeV --spatial|gauss:0.2deg --index|2.5" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_documented_commands_agree_with_gammapy(string name, string options)
    {
        using var folder = new TemporaryFolder();
        var golden = Shared.Path("golden", "fermi-3fhl-gc", $"{name}.fits.gz");
        string[] arguments = name == "gauss"
            ? Split(Fermi.Replace("--index 2 ", "", StringComparison.Ordinal) + options) : Split(Fermi + options);
        Tsmap.Do(
            ["compute", Shared.Path("data", "fermi-3fhl-gc", "fermi-3fhl-gc.fits.gz"), "--out", folder.File("maps.fits"), .. arguments]);
        Peer.Agrees("compare_fluxmaps.py", folder.File("maps.fits"), golden);
        Assert.True(File.Exists(folder.File("maps.fits_model.yaml")));
    }

    [Fact]
    public void Stacking_and_fitting_the_real_observations_agrees_with_gammapy()
    {
        using var folder = new TemporaryFolder();
        var golden = Shared.Path("golden", "hess-rxj1713", "stacked.fits.gz");
        var observations = Directory.GetFiles(Shared.Path("data", "hess-rxj1713"), "obs_*.fits.gz");
        Tsmap.Do(["stack", .. observations, "--out", folder.File("s.fits.gz"), "--geometry-of", golden]);
        Peer.Agrees("compare_stack.py", folder.File("s.fits.gz"), golden);
        Tsmap.Do("compute", folder.File("s.fits.gz"), "--out", folder.File("point.fits.gz"), "--kernel-width", "0.6 deg", "--rtol", "1e-6");
        Peer.Agrees("compare_fluxmaps.py", folder.File("point.fits.gz"), Shared.Path("golden", "hess-rxj1713", "point.fits.gz"));
    }

    [Fact]
    public void What_was_computed_is_reported_as_json()
    {
        using var folder = new TemporaryFolder();
        var output = Tsmap.Do("compute", Simulated.Observation(), "--out", folder.File("m.fits"), "--kernel-width", "0.6 deg",
            "--selection-optional", "ul", "--json");
        using var json = JsonDocument.Parse(output);
        Assert.Contains("norm_ul", json.RootElement.GetProperty("quantities").EnumerateArray().Select(name => name.GetString()));
        Assert.True(json.RootElement.GetProperty("bins")[0].GetProperty("pixels").GetInt32() > 100);
    }

    [Fact]
    public void The_width_of_the_kernel_is_said_and_what_it_is_by_default()
    {
        using var folder = new TemporaryFolder();
        var pixelDeg = MapDatasetFile.Read(Simulated.Observation()).Grid.PixelScaleDeg;
        var asked = Tsmap.Words(Tsmap.Do("compute", Simulated.Observation(), "--out", folder.File("m.fits"), "--kernel-width",
            FormattableString.Invariant($"{3 * pixelDeg} deg")));
        Assert.Contains(FormattableString.Invariant($"kernel {3 * pixelDeg:g4} deg wide "), asked, StringComparison.Ordinal);
        Assert.DoesNotContain("no --kernel-width", asked, StringComparison.Ordinal);
        var usual = Tsmap.Words(Tsmap.Do("compute", Simulated.Observation(), "--out", folder.File("m.fits"), "--spatial", "gauss:3deg"));
        var image = MapDatasetFile.Read(Simulated.Observation()).Grid;
        var widthDeg = pixelDeg * (2 * (Math.Max(image.Width, image.Height) / 2) + 1);
        Assert.Contains(
            FormattableString.Invariant(
                $"kernel {widthDeg:g4} deg wide (no --kernel-width: as wide as PSF and source need, at most the image) "), usual,
                StringComparison.Ordinal);
        using var json = JsonDocument.Parse(
            Tsmap.Do("compute", Simulated.Observation(), "--out", folder.File("m.fits"), "--spatial", "gauss:3deg", "--json"));
        Assert.Equal(widthDeg, json.RootElement.GetProperty("kernelWidthDeg").GetDouble(), 1e-9);
        Assert.Equal(widthDeg, FluxMapsFile.Read(folder.File("m.fits")).KernelWidthDeg!.Value, 1e-9);
    }

    [Fact]
    public void An_empty_map_says_why_and_a_stack_without_response_warns_before()
    {
        using var folder = new TemporaryFolder();
        var dataset = MapDatasetFile.Read(Simulated.Observation());
        static Map<double> Zeros(Map<double> map) => map with { Data = new double[map.Data.Length] };
        MapDatasetFile.Write(folder.File("d.fits"), dataset with
        {
            Psf = dataset.Psf! with { Exposure = Zeros(dataset.Psf.Exposure!) },
            Edisp = dataset.Edisp! with { Exposure = Zeros(dataset.Edisp.Exposure!) },
        });
        var stacked = Tsmap.Run("stack", folder.File("d.fits"), "--out", folder.File("s.fits"));
        Assert.Equal(0, stacked.ExitCode);
        foreach (var part in new[] { "energy dispersion (EDISP) is zero everywhere", "EDISP_EXPOSURE", "(PSF) is zero everywhere",
            "PSF_EXPOSURE" }) Assert.Contains(part, stacked.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "warning", Tsmap.Run("stack", Simulated.Observation(), "--out", folder.File("t.fits")).Error, StringComparison.Ordinal);
        var output = Tsmap.Do("compute", folder.File("s.fits"), "--out", folder.File("m.fits"), "--energy-edges", "all");
        Assert.Contains("TeV: no pixel fitted: the energy dispersion is zero from ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Tsmap.Do("compute", folder.File("s.fits"), "--out", folder.File("m.fits"), "--json"));
        Assert.StartsWith("the energy dispersion is zero", json.RootElement.GetProperty("bins")[0].GetProperty("emptyReason")
            .GetString(), StringComparison.Ordinal);
        var at = FormattableString.Invariant($"l={dataset.Grid.Centre.LonDeg:f4},b={dataset.Grid.Centre.LatDeg:f4}");
        var points = Tsmap.Run("flux-points", folder.File("s.fits"), "--at", at);
        Assert.True(points.ExitCode == 1, points.Error);
        Assert.Contains("the energy dispersion is zero", points.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fits_that_fail_are_counted_with_their_reason()
    {
        using var folder = new TemporaryFolder();
        var output =
            Tsmap.Do("compute", Simulated.Observation(), "--out", folder.File("m.fits"), "--kernel-width", "0.6 deg", "--max-niter", "1");
        using var json = JsonDocument.Parse(Tsmap.Do("compute", Simulated.Observation(), "--out", folder.File("m.fits"), "--kernel-width",
            "0.6 deg", "--max-niter", "1", "--json"));
        var failed = json.RootElement.GetProperty("bins")[0].GetProperty("notConverged").GetInt32();
        Assert.Equal(FluxMapsFile.Read(folder.File("m.fits")) is var maps ? Enumerable.Range(0, maps.Geometry.Count)
            .Count(i => maps.Find("success")!.Data[i] == 0 && double.IsFinite(maps.Find("ts")!.Data[i])) : 0, failed);
        Assert.True(failed > 100);
        Assert.Contains($"; {failed} fits failed and have no norm: not converged within 1 iterations (--max-niter)", Tsmap.Words(output),
            StringComparison.Ordinal);
        Assert.DoesNotContain("failed", Tsmap.Do(
            "compute", Simulated.Observation(), "--out", folder.File("m.fits"), "--kernel-width", "0.6 deg"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_wrong_option_is_listed_by_name_with_exit_code_2()
    {
        var result = Tsmap.Run("compute", Simulated.Observation(), "--out", "/tmp/never.fits", "--kernel-width", "1 TeV", "--spatial",
            "blob", "--amplitude", "3 parsec", "--rtol", "7", "--downsampling-factor", "3", "--selection-optional", "all,nonsense");
        Assert.Equal(2, result.ExitCode);
        foreach (
            var name in new[] { "--kernel-width", "--spatial", "--amplitude", "--rtol", "--downsampling-factor: found 3", "'nonsense'" })
            Assert.Contains(name, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists("/tmp/never.fits"));
    }

    [Fact]
    public void A_model_file_gives_the_source_and_another_the_known_ones()
    {
        using var folder = new TemporaryFolder();
        var known = new SkyModel(new PointSource(), new PowerLaw(2, 1e-11))
        { Name = "known", Position = MapDatasetFile.Read(Simulated.Observation()).Grid.Centre };
        File.WriteAllText(
            folder.File("models.yaml"), SkyModelYaml.Write([known, known with { Name = "disk", Spatial = new DiskSource(0.2) }]));
        double Max(params string[] options)
        {
            using var json = JsonDocument.Parse(Tsmap.Do(
                ["compute", Simulated.Observation(), "--out", folder.File("m.fits"), "--kernel-width", "0.8 deg", "--json", .. options]));
            return json.RootElement.GetProperty("bins")[0].GetProperty("maxSqrtTs").GetDouble();
        }

        var disk = Max("--model", folder.File("models.yaml#disk"));
        Assert.Contains("DiskSpatialModel", File.ReadAllText(folder.File("m.fits_model.yaml")), StringComparison.Ordinal);
        Assert.Equal(Max("--spatial", "disk:0.2deg", "--amplitude", "1e-11 cm-2 s-1 TeV-1"), disk, 1e-6);
        Assert.NotEqual(disk, Max("--model", folder.File("models.yaml#disk"), "--background-models", folder.File("models.yaml")), 1e-3);
    }

    [Fact]
    public void A_model_file_beside_other_words_for_the_source_and_a_wrong_one_are_wrong_usage()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder.File("models.yaml"), SkyModelYaml.Write([SkyModel.Default with { Name = "a" }, SkyModel.Default with { Name = "b" }]));
        var result = Tsmap.Run("compute", Simulated.Observation(), "--out", folder.File("m.fits"), "--model", folder.File("models.yaml"),
            "--index", "2", "--spatial", "point", "--background-models", folder.File("no.yaml"));
        Assert.Equal(2, result.ExitCode);
        foreach (var part in new[] { "--model and --index", "--model and --spatial", "2 components (a, b)", "models.yaml#a",
            "--background-models", "no.yaml" })
            Assert.Contains(part, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--amplitude", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_option_is_wrong_usage()
    {
        Assert.Equal(2, Tsmap.Run("compute", "x.fits", "--out", "y.fits", "--no-such-option").ExitCode);
        Assert.Equal(2, Tsmap.Run("compute", "x.fits").ExitCode);
        Assert.Equal(2, Tsmap.Run("nonsense").ExitCode);
    }

    [Fact]
    public void A_missing_or_damaged_file_is_one_clear_line()
    {
        using var folder = new TemporaryFolder();
        var missing = Tsmap.Run("compute", folder.File("no.fits"), "--out", folder.File("m.fits"));
        Assert.Equal((1, 1), (missing.ExitCode, missing.Error.Trim().Split('\n').Length));
        Assert.Contains("no.fits: no such file", missing.Error, StringComparison.Ordinal);
        var whole = File.ReadAllBytes(Simulated.Observation());
        File.WriteAllBytes(folder.File("half.fits.gz"), whole[..(whole.Length / 2)]);
        var damaged = Tsmap.Run("compute", folder.File("half.fits.gz"), "--out", folder.File("m.fits"));
        Assert.Equal((1, 1), (damaged.ExitCode, damaged.Error.Trim().Split('\n').Length));
        Assert.Contains("half.fits.gz", damaged.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("m.fits")));
    }

    [Fact]
    public void An_accent_in_a_header_is_a_warning_on_stderr_once_a_file()
    {
        using var folder = new TemporaryFolder();
        MapDatasetFile.Write(folder.File("d.fits"), MapDatasetFile.Read(Simulated.Observation()));
        var bytes = File.ReadAllBytes(folder.File("d.fits"));
        bytes[Encoding.Latin1.GetString(bytes).IndexOf("TsMapSurvey", StringComparison.Ordinal)] = 0xFC;
        File.WriteAllBytes(folder.File("d.fits"), bytes);
        string[][] commands =
        [
            ["compute", folder.File("d.fits"), "--kernel-width", "0.3 deg", "--out", folder.File("out.fits")],
            ["stack", folder.File("d.fits"), folder.File("d.fits"), "--out", folder.File("out.fits")],
            ["plot", folder.File("d.fits"), "--quantity", "counts", "--out", folder.File("out.png")],
            ["info", folder.File("d.fits")],
        ];
        foreach (var command in commands)
        {
            var run = Tsmap.Run(command);
            Assert.True(run.ExitCode == 0, run.Error);
            var warnings = run.Error.Split('\n').Where(line => line.StartsWith("tsmap: warning: ", StringComparison.Ordinal))
                .Where(line => !line.EndsWith("d.fits is named 2 times, and is added 2 times", StringComparison.Ordinal)).ToArray();
            Assert.Contains("d.fits, HDU 0 'PRIMARY': card ", Assert.Single(warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_tile_compressed_output_is_refused_before_the_work()
    {
        var run = Tsmap.Run("compute", Simulated.Observation(), "--out", "maps.fits.fz");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("maps.fits.fz: tile-compressed files (.fz) can be read but not written", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists("maps.fits.fz"));
    }

    private static string[] Split(string text) =>
        text.Split([' '], StringSplitOptions.RemoveEmptyEntries).Aggregate(new List<string>(), (words, word) =>
    {
        if (word.StartsWith("--", StringComparison.Ordinal)) words.AddRange(word.Split('|'));
        else if (words.Count > 0 && words[^1].StartsWith("--", StringComparison.Ordinal)) words.Add(word);
        else words[^1] += " " + word;
        return words;
    }).ToArray();
}
