using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Kernels;

namespace TsMapSurvey.Maps.Tests;

public sealed class MapAxisTests
{
    private static readonly MapAxis Edges = MapAxis.EnergyEdges("energy", 1, 10, 100);

    private static readonly MapAxis Centers = new("energy_true", [1, 10, 100], AxisInterpolation.Log, AxisNodes.Centers, "TeV");

    [Fact]
    public void Centers_of_log_bins_are_geometric_means() => Assert.Equal([Math.Sqrt(10), Math.Sqrt(1000)], Edges.Centers.Select(center => Math.Round(center, 12)), (a, b) => Math.Abs(a - b) < 1e-9);

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

    [Fact]
    public void Energy_groups_take_the_nearest_edges()
    {
        var energy = MapAxis.EnergyBins("energy", 1, 1e4, 4);
        var groups = EnergyGroups.Create(energy, new TsMapOptions { EnergyEdgesTeV = [1.2, 90, 2000] });
        Assert.Equal([(0, 1), (2, 2)], groups.Bins);
        Assert.Equal([1.0, 100, 1000], groups.Axis.Edges.Select(edge => Math.Round(edge, 9)));
        Assert.Equal(4, EnergyGroups.Create(energy, new TsMapOptions { AllEnergyBins = true }).Bins.Length);
        Assert.Equal([(0, 3)], EnergyGroups.Create(energy, new TsMapOptions()).Bins);
        Assert.Throws<MapException>(() => EnergyGroups.Create(energy, new TsMapOptions { EnergyEdgesTeV = [1.2, 1.3] }));
    }
}
