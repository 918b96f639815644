using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Estimators;

/// <summary>Checks that the datasets of a joint estimate have the same pixels and the same groups of reconstructed energy bins.</summary>
internal static class JointGeometry
{
    public static EnergyGroups Check(IReadOnlyList<MapDataset> datasets, TsMapOptions options) =>
        Check([.. datasets.Select(dataset => new WholeDataset(dataset))], options);

    /// <returns>The energy bins of the output.</returns>
    /// <exception cref="MapException">No bin is between the requested edges, or a dataset has another image or other energy bins than the
    /// first one; the message names both.</exception>
    public static EnergyGroups Check(IReadOnlyList<IDatasetRows> datasets, TsMapOptions options)
    {
        var (first, grid, groups) = (datasets[0], datasets[0].Grid, EnergyGroups.Create(datasets[0].Energy, options));
        foreach (var other in datasets.Skip(1))
        {
            if (!grid.IsSameAs(other.Grid))
                throw MapErrors.NotAligned(other.Place, $"a joint estimate needs the image geometry of {first.Place}");
            if (!groups.AppliesTo(other.Energy))
                throw MapErrors.DifferentAxes(other.Place, other.Energy, first.Energy, $", as in {first.Place}");
        }

        return groups;
    }
}
