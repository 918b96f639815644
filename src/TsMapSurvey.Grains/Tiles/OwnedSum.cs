using TsMapSurvey.Estimators;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>Figures of a stack over the pixels that its tile owns.</summary>
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

    /// <summary>Maximum over pixels and energy bins, in m² s. The map's spectrum weights the true energies of a bin.</summary>
    public static double LargestExposure(MapDataset stack, TsMapOptions map, OwnedRegion owned) =>
        stack.Exposure is null ? 0
            : Enumerable.Range(0, EnergyGroups.Create(stack.Energy, map).Bins.Length)
                .Max(bin => Largest(BandExposure.Of(stack, map, bin, owned.Box), owned));

    private static double Largest(double[] image, OwnedRegion owned)
    {
        // Max ignores NaN.
        owned.Blank(image);
        return image.Max();
    }
}
