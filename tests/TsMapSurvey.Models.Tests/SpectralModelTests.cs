using TsMapSurvey.Maps;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Models.Tests;

public sealed class SpectralModelTests
{
    public static TheoryData<string> Names => [.. ModelSamples.Spectra.Keys];

    /// <summary>By Simpson's rule on 20,000 logarithmic steps; the grid of gammapy's trapezoid rule passes over kinks.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Integrals_are_those_of_the_differential_flux(string name)
    {
        var model = ModelSamples.Spectra[name];
        foreach (var (min, max) in new[] { (0.5, 0.7), (0.5, 40), (2, 3), (6, 300) })
        {
            Close(Simpson(min, max, model.Differential), model.Integral(min, max), name);
            Close(Simpson(min, max, energy => energy * model.Differential(energy)), model.EnergyIntegral(min, max), name);
        }
    }

    [Fact]
    public void Differential_fluxes_are_their_formulas()
    {
        Equal(3e-12 * Math.Pow(2.5, -2.3), new PowerLaw(2.3, 3e-12, 2).Differential(5));
        Equal(2e-12 * Math.Pow(10, -1.8) * Math.Exp(-Math.Pow(1.4, 0.8)), new ExpCutoffPowerLaw(1.8, 2e-12, 0.7, 0.2, 0.8).Differential(7));
        Equal(2e-12 * Math.Pow(4, -2.2 - 0.3 * Math.Log(4)), new LogParabola(2e-12, 3, 2.2, 0.3).Differential(12));
        Equal(2e-12 * Math.Pow(0.4, -1.7), new BrokenPowerLaw(1.7, 2.9, 2e-12, 2.5).Differential(1));
        Equal(2e-12 * Math.Pow(4, -2.9), new BrokenPowerLaw(1.7, 2.9, 2e-12, 2.5).Differential(10));
        Equal(2e-12 * Math.Pow(12.5, -1.7) / Math.Pow(1 + Math.Pow(4, 3), 0.4), new SmoothBrokenPowerLaw(1.7, 2.9, 2e-12, 2.5, 0.8, 0.4)
            .Differential(10));
        Equal(4e-11, Simpson(0.3, 30, new PowerLaw2(4e-11, 2.6, 0.3, 30).Differential));
        Equal(Math.Sqrt(2e-12 * 1e-13), new TemplateSpectrum([0.4, 1, 3, 8], [5e-12, 2e-12, 1e-13, 4e-15]).Differential(Math.Sqrt(3)));
    }

    [Fact]
    public void Equal_indices_of_a_smooth_break_are_a_power_law() =>
        Equal(new PowerLaw(2.2, 2e-12, 3).Differential(0.3), new SmoothBrokenPowerLaw(2.2, 2.2, 2e-12, 1, 3).Differential(0.3));

    [Fact]
    public void A_table_continues_as_a_power_law_and_may_have_zeros_and_a_single_value()
    {
        var table = new TemplateSpectrum([1, 10], [1e-12, 1e-14]);
        Equal(1e-16, table.Differential(100));
        Equal(1e-10, table.Differential(0.1));
        Assert.Equal(0, new TemplateSpectrum([1, 10, 20], [1e-12, 0, 0]).Differential(15));
        Equal(7e-13, new TemplateSpectrum([3], [7e-13]).Differential(55));
    }

    [Theory]
    [InlineData(new double[0], new double[0])]
    [InlineData(new[] { 1.0, 2 }, new[] { 1.0 })]
    [InlineData(new[] { 2.0, 1 }, new[] { 1.0, 1 })]
    [InlineData(new[] { 1.0, 2 }, new[] { 1.0, -1 })]
    [InlineData(new[] { 1.0, double.NaN }, new[] { 1.0, 1 })]
    public void A_table_that_is_none_is_refused(double[] energies, double[] values) =>
        Assert.Equal(MapError.BadModel, Assert.Throws<MapException>(() => new TemplateSpectrum(energies, values)).Error);

    private static double Simpson(double min, double max, Func<double, double> function)
    {
        const int Steps = 20000;
        var step = Math.Log(max / min) / Steps;
        double At(int i) => function(min * Math.Exp(i * step)) * min * Math.Exp(i * step);
        return step / 3 * Enumerable.Range(0, Steps + 1).Sum(i => At(i) * (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2));
    }

    private static void Close(double expected, double found, string what) =>
        Assert.True(Math.Abs(expected - found) <= 3e-4 * Math.Abs(expected), $"{what}: {found}, expected {expected}");

    private static void Equal(double expected, double found) => Assert.Equal(1, found / expected, 8);
}
