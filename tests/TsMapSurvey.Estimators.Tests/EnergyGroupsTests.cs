using TsMapSurvey.Maps;

namespace TsMapSurvey.Estimators.Tests;

public sealed class EnergyGroupsTests
{
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
