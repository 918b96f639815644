using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Estimators;

/// <summary>What the datasets of a joint estimate have to share: pixels, and the bins of reconstructed energy that are fitted.</summary>
internal static class JointGeometry
{
    public static EnergyGroups Demand(IReadOnlyList<MapDataset> datasets, TsMapOptions options) =>
        Demand([.. datasets.Select(dataset => new WholeDataset(dataset))], options);

    /// <returns>The energy bins of the output.</returns>
    /// <exception cref="MapException">No bin lies between the edges asked for; a dataset has another image or other energy bins than the
    /// first one; the message names both.</exception>
    public static EnergyGroups Demand(IReadOnlyList<IDatasetRows> datasets, TsMapOptions options)
    {
        var (first, grid, groups) = (datasets[0], datasets[0].Grid, EnergyGroups.Create(datasets[0].Energy, options));
        foreach (var other in datasets.Skip(1))
        {
            if (!grid.IsSameAs(other.Grid))
                throw MapErrors.NotAligned(other.Place, $"a joint estimate needs the image geometry of {first.Place}");
            if (!groups.Serves(other.Energy))
                throw MapErrors.DifferentAxes(other.Place, other.Energy, first.Energy, $", as {first.Place} has it");
        }

        return groups;
    }
}
