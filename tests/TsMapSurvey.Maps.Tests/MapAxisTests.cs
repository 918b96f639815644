namespace TsMapSurvey.Maps.Tests;

public sealed class MapAxisTests
{
    private static readonly MapAxis Edges = MapAxis.EnergyEdges("energy", 1, 10, 100);

    private static readonly MapAxis Centers = new("energy_true", [1, 10, 100], AxisInterpolation.Log, AxisNodes.Centers, "TeV");

    [Fact]
    public void Centers_of_log_bins_are_geometric_means() => Assert.Equal(
        [Math.Sqrt(10), Math.Sqrt(1000)], Edges.Centers.Select(center => Math.Round(center, 12)), (a, b) => Math.Abs(a - b) < 1e-9);

    [Fact]
    public void Edges_of_a_center_axis_are_half_way_and_extrapolated()
    {
        var expected = new[] { -0.5, 0.5, 1.5, 2.5 }.Select(exponent => Math.Pow(10, exponent)).ToArray();
        for (var i = 0; i < 4; i++) Assert.Equal(1, Centers.Edges[i] / expected[i], 12);
    }

    [Theory]
    [InlineData(1, -0.5)]
    [InlineData(10, 0.5)]
    [InlineData(1000, 2.5)]
    [InlineData(0.1, -1.5)]
    public void Edge_axes_count_pixels_from_half_below_zero(double value, double pixel)
    {
        Assert.Equal(pixel, Edges.CoordinateToPixel(value), 12);
        Assert.Equal(1, Edges.PixelToCoordinate(pixel) / value, 12);
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(1000, 3)]
    public void Center_axes_count_pixels_from_zero(double value, double pixel) => Assert.Equal(pixel, Centers.CoordinateToPixel(value), 12);

    [Fact]
    public void Nodes_that_do_not_increase_are_refused()
    {
        Assert.Throws<MapException>(() => MapAxis.EnergyEdges("energy", 1, 1));
        Assert.Throws<MapException>(() => MapAxis.EnergyEdges("energy", 0, 1));
        Assert.Throws<MapException>(() => MapAxis.EnergyEdges("energy", 1, double.NaN));
        Assert.Throws<MapException>(() => MapAxis.EnergyEdges("energy", 1));
    }
}
