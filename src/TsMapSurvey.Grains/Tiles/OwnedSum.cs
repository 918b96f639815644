using TsMapSurvey.Estimators;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>What a stack holds in the pixels that its tile owns.</summary>
internal static class OwnedSum
{
    public static double Counts(MapDataset stack, OwnedRegion owned)
    {
        var sum = 0.0;
        if (stack.Counts is not { } counts) return sum;
        for (var plane = 0; plane < counts.Geometry.PlaneCount; plane++)
            foreach (var run in owned.Runs())
                foreach (var value in counts.Plane(plane).Slice(run.Y * counts.Geometry.Width + run.X, run.Width)) sum += value;
        return sum;
    }

    /// <summary>Of the pixels and of the map's energy bins, in m² s.</summary>
    /// <param name="map">Whose spectrum weights the true energies of a bin.</param>
    public static double LargestExposure(MapDataset stack, TsMapOptions map, OwnedRegion owned) =>
        stack.Exposure is null ? 0
            : Enumerable.Range(0, EnergyGroups.Create(stack.Energy, map).Bins.Length)
                .Max(bin => Largest(BandExposure.Of(stack, map, bin, owned.Box), owned));

    private static double Largest(double[] image, OwnedRegion owned)
    {
        // The maximum passes over NaN.
        owned.Blank(image);
        return image.Max();
    }
}
