using TsMapSurvey.Models;

namespace TsMapSurvey.Estimators.Tests;

public sealed class TsMapOptionsTests
{
    [Fact]
    public void Options_print_every_parameter_by_gammapys_name_and_the_model()
    {
        var options = new TsMapOptions
        {
            KernelWidthDeg = 0.6,
            Threshold = 4,
            EnergyEdgesTeV = [0.01, 0.1],
            NJobs = 2,
            Selection = TsMapSelection.Ul | TsMapSelection.StatScan,
            Model = new SkyModel(new GaussianSource(0.2), new PowerLaw(2.3)),
        };
        var lines = options.ToString().Split('\n').Select(line => line.TrimEnd()).ToArray();
        Assert.Equal("TSMapEstimator", lines[0]);
        Assert.Contains("  kernel_width            : 0.6 deg", lines);
        Assert.Contains("  downsampling_factor     : None", lines);
        Assert.Contains("  threshold               : 4", lines);
        Assert.Contains("  selection_optional      : ul, stat_scan", lines);
        Assert.Contains("  energy_edges            : 0.01, 0.1 TeV", lines);
        Assert.Contains("  norm                    : scan_min=-100, scan_max=100", lines);
        Assert.Equal(new PowerLaw(2.3),
            Assert.IsType<SkyModel>(Assert.Single(SkyModelYaml.Parse(
                options.ToString()[options.ToString().IndexOf("components", StringComparison.Ordinal)..], "options", null))).Spectral);
        string[] parameters = ["n_sigma", "n_sigma_ul", "n_sigma_sensitivity", "rtol", "sum_over_energy_groups", "n_jobs", "max_niter",
            "max_psf_radius", "background_models"];
        Assert.All(parameters, name => Assert.Contains(lines, line => line.StartsWith($"  {name} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_option_is_printed()
    {
        var printed = new TsMapOptions().ToString().Split('\n').Skip(1).TakeWhile(line => line.Length > 0).Count();
        var folded = new[] { nameof(TsMapOptions.Model), nameof(TsMapOptions.AllEnergyBins) };
        Assert.Equal(typeof(TsMapOptions).GetProperties().Length - folded.Length, printed);
    }
}
