using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Peaks;

/// <summary>Finds the peaks of maps: local maxima of sqrt_ts, the highest first, each with a position from a fit to TS.</summary>
public static class PeakFinder
{
    /// <summary>Finds the peaks of each energy bin, ordered by descending sqrt_ts, then energy bin and pixel.</summary>
    /// <exception cref="MapException">The maps have no sqrt_ts, no ts or no image, or an option is out of range.</exception>
    public static IReadOnlyList<Peak> Find(FluxMaps maps, PeakOptions options)
    {
        var problems = options.Problems().ToArray();
        if (problems.Length > 0) throw EstimatorErrors.BadOptions(problems);
        var quantities = PeakQuantities.Of(maps, options.Flux);
        var grid = maps.Geometry.Grid ?? throw MapErrors.BadGeometry("flux maps", "they have no image, so that peaks cannot be found");
        var found = new List<(int Bin, int Pixel, double Value)>();
        for (var bin = 0; bin < maps.Geometry.PlaneCount; bin++)
            foreach (var pixel in LocalMaxima.Find(quantities.SqrtTs.Plane(bin), grid.Width, options.MinSqrtTs, options.MinDistancePixels))
                found.Add((bin, pixel, quantities.SqrtTs.Plane(bin)[pixel]));
        var peaks = found.OrderByDescending(peak => peak.Value).ThenBy(peak => peak.Bin).ThenBy(peak => peak.Pixel)
            .Select(peak => quantities.Peak(peak.Bin, peak.Pixel)).OfType<Peak>();
        return
        [
            .. Separate(peaks, peak => (peak.Position, peak.EnergyBin), options.MinSeparationDeg)
                .Take(options.MaxPeaks).Select(kept => kept.Item with { BrighterDeg = kept.BrighterDeg }),
        ];
    }

    /// <summary>
    /// Selects the items, in their order, that are at least a separation away from all selected items of the same energy bin; with each
    /// its separation to the nearest of these (NaN for the first).
    /// </summary>
    /// <param name="brightestFirst">Enumerated lazily, as far as the result is.</param>
    public static IEnumerable<(T Item, double BrighterDeg)> Separate<T>(
        IEnumerable<T> brightestFirst, Func<T, (SkyPosition Position, int EnergyBin)> place, double minSeparationDeg)
    {
        var kept = new Dictionary<int, NearestPositions>();
        foreach (var item in brightestFirst)
        {
            var (position, bin) = place(item);
            if (!kept.TryGetValue(bin, out var brighter)) kept[bin] = brighter = new NearestPositions();
            var separation = brighter.SeparationDeg(position);
            if (separation < minSeparationDeg) continue;
            brighter.Add(position);
            yield return (item, separation);
        }
    }
}
