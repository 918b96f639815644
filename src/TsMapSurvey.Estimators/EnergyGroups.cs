using TsMapSurvey.Maps;

namespace TsMapSurvey.Estimators;

/// <summary>The groups of reco energy bins that form the energy bins of the output.</summary>
/// <param name="Bins">First and last reco bin of each group, both included.</param>
/// <param name="Axis">The output's energy axis.</param>
public sealed record EnergyGroups((int First, int Last)[] Bins, MapAxis Axis)
{
    /// <exception cref="MapException">The requested edges do not span any bin of the dataset.</exception>
    public static EnergyGroups Create(MapAxis energy, TsMapOptions options)
    {
        var cuts = options.AllEnergyBins ? Enumerable.Range(0, energy.BinCount + 1).ToArray()
            : options.EnergyEdgesTeV is { } edges ? edges.Select(edge => Cut(energy, edge)).Distinct().ToArray()
            : [0, energy.BinCount];
        if (cuts.Length < 2)
            throw EstimatorErrors.BadOption(
                "energy_edges", string.Join(", ", options.EnergyEdgesTeV!) + " TeV", $"edges that span at least one bin of {energy}");
        var groups = cuts.Zip(cuts.Skip(1)).Select(pair => (pair.First, pair.Second - 1)).ToArray();
        return new EnergyGroups(groups, MapAxis.EnergyEdges("energy", [.. cuts.Select(cut => energy.Edges[cut])]));
    }

    /// <summary>Whether another dataset's energy axis gives the same groups of bins for these edges.</summary>
    public bool AppliesTo(MapAxis energy)
    {
        int[] cuts = [.. Axis.Edges.Select(edge => Cut(energy, edge))];
        return Bins.SequenceEqual(cuts.Zip(cuts.Skip(1)).Select(pair => (pair.First, pair.Second - 1)));
    }

    /// <summary>Index of the edge nearest to an energy: round(pix + 0.5) clipped to the axis, half to even as numpy rounds.</summary>
    private static int Cut(MapAxis energy, double edgeTeV) =>
        (int)Math.Clamp(Math.Round(energy.CoordinateToPixel(edgeTeV) + 0.5, MidpointRounding.ToEven), 0, energy.BinCount);
}
