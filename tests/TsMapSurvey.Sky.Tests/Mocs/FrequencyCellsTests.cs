namespace TsMapSurvey.Sky.Tests.Mocs;

public sealed class FrequencyCellsTests
{
    // h in eV s (SI, 2019), and the index of the standard: floor((log10(f) + 18) / 56 * 2^52) at order 51.
    private const double PlanckEvS = 4.135667696923859e-15;

    [Theory]
    [InlineData(1, 0.6)]
    [InlineData(8, 1)]
    [InlineData(8, 35.9)]
    [InlineData(9, 123.4)]
    [InlineData(20, 7.7)]
    public void A_frequency_is_in_the_cell_of_the_standard(int order, double energyTeV)
    {
        var hz = energyTeV * 1e12 / PlanckEvS;
        var standard = (long)Math.Floor((Math.Log10(hz) + 18) / 56 * Math.Pow(2, 52)) >> (51 - order);

        Assert.Equal(standard, (long)Math.Floor(FrequencyCells.PlaceOf(order, hz)));
        Assert.True(FrequencyCells.EdgeHz(order, standard) <= hz && hz < FrequencyCells.EdgeHz(order, standard + 1));
    }

    [Fact]
    public void All_cells_reach_from_1e_18_to_1e38_Hz()
    {
        Assert.Equal(1e-18, FrequencyCells.EdgeHz(8, 0), 1e-30);
        Assert.Equal(1, FrequencyCells.EdgeHz(8, FrequencyCells.CountOf(8)) / 1e38, 1e-12);
        Assert.Equal(2, FrequencyCells.CountOf(0));
    }

    [Fact]
    public void Cells_of_a_lower_order_contain_them_and_descendants_fill_them()
    {
        var cells = new FrequencyCells(8, 405, 421);

        Assert.Equal(new FrequencyCells(4, 25, 27), cells.At(4));
        Assert.Equal(new FrequencyCells(10, 1620, 1684), cells.At(10));
        Assert.Equal(cells, cells.At(8));
        Assert.Equal(cells, cells.At(13).At(8));
    }
}
