using TsMapSurvey.Maps;
using TsMapSurvey.Models;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>
/// The norm converted into fluxes, against gammapy 2.1: FluxMaps of norm 2, norm_err 0.5, norm_errn 0.4, norm_errp 0.6 and norm_ul 3 in
/// energy bins of 1 to 3 and 3 to 20 TeV, and its properties flux, dnde, eflux and e2dnde.
/// </summary>
public sealed class FluxKindTests
{
    private static readonly Dictionary<string, double> Norms = new()
    { [""] = 2, ["_err"] = 0.5, ["_errn"] = 0.4, ["_errp"] = 0.6, ["_ul"] = 3 };

    private static readonly Dictionary<string, ISpectralModel> Spectra = new()
    {
        ["power law"] = new PowerLaw(2.4, 3e-13, 2),
        ["cut-off"] = new ExpCutoffPowerLaw(1.8, 5e-12, 1, 0.1, 1),
        ["log parabola"] = new LogParabola(4e-12, 1, 2.3, 0.2),
    };

    [Theory]
    [InlineData("power law", "flux", "cm-2 s-1", 1.776137561e-12, 4.517525285e-13)]
    [InlineData("power law", "dnde", "cm-2 s-1 TeV-1", 8.473790728e-13, 2.327243037e-14)]
    [InlineData("power law", "eflux", "TeV cm-2 s-1", 2.815349462e-12, 2.713054979e-12)]
    [InlineData("power law", "e2dnde", "TeV cm-2 s-1", 2.542137219e-12, 1.396345822e-12)]
    [InlineData("cut-off", "flux", "cm-2 s-1", 6.187503594e-12, 2.140627266e-12)]
    [InlineData("cut-off", "dnde", "cm-2 s-1 TeV-1", 3.128735572e-12, 1.156806754e-13)]
    [InlineData("cut-off", "eflux", "TeV cm-2 s-1", 1.022155318e-11, 1.240417866e-11)]
    [InlineData("cut-off", "e2dnde", "TeV cm-2 s-1", 9.386206717e-12, 6.940840523e-12)]
    [InlineData("log parabola", "flux", "cm-2 s-1", 4.441094756e-12, 7.702529877e-13)]
    [InlineData("log parabola", "dnde", "cm-2 s-1 TeV-1", 2.12908e-12, 3.120310797e-14)]
    [InlineData("log parabola", "eflux", "TeV cm-2 s-1", 6.970735553e-12, 3.982804706e-12)]
    [InlineData("log parabola", "e2dnde", "TeV cm-2 s-1", 6.387240001e-12, 1.872186478e-12)]
    public void Fluxes_of_every_kind_are_gammapys(string spectrum, string kind, string unit, double low, double high)
    {
        var geometry = new MapGeometry(null, MapAxis.EnergyEdges("energy", 1, 3, 20));
        var maps = new FluxMaps(
            geometry, Norms.ToDictionary(norm => $"norm{norm.Key}", norm => new Map<double>(geometry, [norm.Value, norm.Value])),
            new SkyModel(new PointSource(), Spectra[spectrum]), 1, 2, null, []);
        foreach (var (suffix, norm) in Norms)
        {
            var map = maps.Find(kind + suffix)!;
            Assert.Equal(unit, map.Unit);
            // gammapy integrates what has no antiderivative in 100 steps a decade.
            Assert.Equal(1, map.Data[0] / (low * norm / 2), 2e-4);
            Assert.Equal(1, map.Data[1] / (high * norm / 2), 2e-4);
            Assert.Contains(kind + suffix, maps.Quantities);
        }
    }

    [Fact]
    public void A_quantity_is_split_into_its_kind_and_what_of_it()
    {
        Assert.Equal(("e2dnde", "_errn"), FluxKind.Split("e2dnde_errn") is { } split ? (split.Kind.Name, split.Suffix) : default);
        Assert.Equal(("norm", ""), FluxKind.Split("norm") is { } norm ? (norm.Kind.Name, norm.Suffix) : default);
        foreach (var other in new[] { "sqrt_ts", "flux_", "flux_other", "fluxes", "_err", "" }) Assert.Null(FluxKind.Split(other));
    }
}
