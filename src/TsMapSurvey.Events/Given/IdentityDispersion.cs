using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Irf;

namespace TsMapSurvey.Events.Given;

/// <summary>The energy dispersion of an instrument that measures energies exactly (gammapy's from_diagonal_response).</summary>
internal static class IdentityDispersion
{
    /// <summary>
    /// Of a kernel map, the shares of each bin of true energy in the bins of reconstructed energy, by width; over migra, all in the bin
    /// that contains 1.
    /// </summary>
    /// <param name="weights">The exposure on the same grid.</param>
    /// <exception cref="MapException">The migra axis does not contain 1.</exception>
    public static EdispMap On(MapGeometry geometry, Map<double> weights)
    {
        var (first, energyTrue, map) = (geometry.Axes[0], geometry.Axis("energy_true"), new Map<double>(geometry));
        if (first.Name == "migra" && !(first.Edges[0] <= 1 && first.Edges[^1] > 1))
            throw EventsErrors.BadAxis("energy dispersion", "MIGRA", $"found the axis {first}, expected one that contains 1");
        for (var j = 0; j < energyTrue.BinCount; j++)
            for (var k = 0; k < first.BinCount; k++)
                map.Plane(j * first.BinCount + k).Fill(first.Name == "migra"
                    ? AtOne(first, k) : Share(energyTrue.Edges[j], energyTrue.Edges[j + 1], first.Edges[k], first.Edges[k + 1]));
        return new EdispMap(map, weights);
    }

    private static double Share(double low, double high, double from, double to) =>
        Math.Max(0, Math.Min(high, to) - Math.Max(low, from)) / (high - low);

    private static double AtOne(MapAxis migra, int bin) =>
        migra.Edges[bin] <= 1 && 1 < migra.Edges[bin + 1] ? 1 / (migra.Edges[bin + 1] - migra.Edges[bin]) : 0;
}
