using TsMapSurvey.Maps;

namespace TsMapSurvey.Plots.Tests;

public sealed class QuantityLabelsTests
{
    [Theory]
    [InlineData("sqrt_ts", "", 0, "√TS (σ)")]
    [InlineData("SQRT_TS", "", 0, "√TS (σ)")]
    [InlineData("ts", "", 0, "TS")]
    [InlineData("flux", "", 0, "Flux (cm⁻² s⁻¹)")]
    [InlineData("flux_ul", "cm-2 s-1", -12, "Flux upper limit (10⁻¹² cm⁻² s⁻¹)")]
    [InlineData("dnde_err", "1 / (cm2 s TeV)", 0, "dN/dE error (1 / (cm² s TeV))")]
    [InlineData("exposure", "m2 s", 10, "Exposure (10¹⁰ m² s)")]
    [InlineData("exposure", "m**2.s", 0, "Exposure (m² s)")]
    [InlineData("npred_excess", "", 0, "Predicted excess counts")]
    [InlineData("something_new", "", 6, "something_new (10⁶)")]
    public void A_quantity_has_a_label_with_its_unit(string quantity, string unit, int power, string label) =>
        Assert.Equal(label, QuantityLabels.Of(quantity).WithUnit(unit, power));

    [Fact]
    public void Every_quantity_of_the_interfaces_is_known()
    {
        string[] names = ["ts", "sqrt_ts", "norm", "norm_err", "flux", "flux_err", "flux_ul", "npred_excess", "counts", "background",
            "excess", "exposure"];
        Assert.Empty(names.Except(QuantityLabels.Names));
    }

    [Fact]
    public void Counts_add_up_and_significances_do_not()
    {
        Assert.True(QuantityLabels.Of("counts").IsAdditive);
        Assert.False(QuantityLabels.Of("sqrt_ts").IsAdditive);
        Assert.False(QuantityLabels.Of("exposure").IsAdditive);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("count", true)]
    [InlineData("cm2 s", false)]
    public void What_nobody_names_has_neutral_colours_its_unit_and_a_sum_only_of_what_may_be_counts(string unit, bool isAdditive)
    {
        var map = Pictures.Zeros(Pictures.Galactic(4, 3), MapAxis.EnergyEdges("energy", 1, 2, 3)) with { Unit = unit };
        map.Data[0] = 2;
        var label = QuantityLabels.Neutral("sky", map, isMask: true);
        Assert.Equal((unit.Length == 0 ? "sky" : $"sky ({unit.Replace("cm2", "cm²", StringComparison.Ordinal)})", isAdditive, false),
            (label.WithUnit(map.Unit), label.IsAdditive, label.IsMask));
        Assert.Equal("viridis", label.Scale.Colormap.Name);
    }

    [Fact]
    public void Values_at_energies_are_not_summed()
    {
        var energies = new MapAxis("energy_true", [1, 2], AxisInterpolation.Log, AxisNodes.Centers, "TeV");
        Assert.False(QuantityLabels.Neutral("sky", Pictures.Zeros(Pictures.Galactic(4, 3), energies), isMask: false).IsAdditive);
    }

    [Fact]
    public void Bits_are_a_mask_and_numbers_that_happen_to_be_0_and_1_are_not()
    {
        var map = Pictures.Zeros(Pictures.Galactic(4, 3));
        map.Data[0] = 1;
        Assert.True(QuantityLabels.Neutral("sky", map, isMask: true).IsMask);
        Assert.False(QuantityLabels.Neutral("sky", map, isMask: false).IsMask);
        Assert.True(QuantityLabels.Of("MASK_FIT").IsMask);
    }
}
