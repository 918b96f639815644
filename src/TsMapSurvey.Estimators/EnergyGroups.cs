using TsMapSurvey.Maps;

namespace TsMapSurvey.Estimators;

/// <summary>Which reco energy bins make up each bin of the output (numerics 3.1).</summary>
/// <param name="Bins">First and last reco bin of each group, both included.</param>
/// <param name="Axis">The output axis.</param>
public sealed record EnergyGroups((int First, int Last)[] Bins, MapAxis Axis)
{
    /// <exception cref="MapException">No bin of the dataset lies between the edges asked for.</exception>
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

    /// <summary>Whether the same bins of another axis are the nearest to these edges, so that one set of bins serves both.</summary>
    public bool Serves(MapAxis energy)
    {
        int[] cuts = [.. Axis.Edges.Select(edge => Cut(energy, edge))];
        return Bins.SequenceEqual(cuts.Zip(cuts.Skip(1)).Select(pair => (pair.First, pair.Second - 1)));
    }

    /// <summary>The edge nearest to an energy, in bins: round(pix + 0.5) clipped to the axis, half to even as numpy rounds.</summary>
    private static int Cut(MapAxis energy, double edgeTeV) =>
        (int)Math.Clamp(Math.Round(energy.CoordinateToPixel(edgeTeV) + 0.5, MidpointRounding.ToEven), 0, energy.BinCount);
}
