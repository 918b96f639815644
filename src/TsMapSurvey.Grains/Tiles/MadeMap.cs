using TsMapSurvey.Estimators;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>A computed map that is not published yet.</summary>
/// <param name="Estimate">Null if there is nothing to fit.</param>
/// <param name="EmptyReason">Why there is nothing to fit.</param>
/// <param name="Took">Duration of the computation.</param>
internal sealed record MadeMap(
    string Map, FrozenStack Frozen, TileEstimate? Estimate, string? EmptyReason, DateTimeOffset ComputedAt, TimeSpan Took)
{
    /// <summary>The facts to publish beside the map, without the name of its blob.</summary>
    /// <param name="all">The maps of all pixels of the tile's image; null if there is nothing to fit.</param>
    /// <param name="maps">The maps of the tile's own pixels; null if there is nothing to fit.</param>
    public MapFacts Describe(string tile, FluxMaps? all, FluxMaps? maps, TsMapOptions options, OwnedRegion owned) => new()
    {
        Tile = tile,
        Map = Map,
        Revision = Frozen.Revision,
        Window = Frozen.Window?.ToStored(),
        ComputedAt = ComputedAt,
        ComputeSeconds = Took.TotalSeconds,
        PixelsComputed = Estimate?.Estimate.PixelsComputed,
        EmptyReason = EmptyReason,
        MaxSqrtTs = maps is null ? null : Largest(maps.Find("sqrt_ts")!.Data),
        Counts = OwnedSum.Counts(Frozen.Dataset, owned),
        ExposureM2S = OwnedSum.LargestExposure(Frozen.Dataset, options, owned),
        Warnings = maps?.Warnings.Distinct().ToArray() ?? [],
        Peaks = all is null ? [] : MapPeaks.Find(all, owned),
    };

    private static double? Largest(double[] values)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in values)
            if (value > largest) largest = value;
        return double.IsFinite(largest) ? largest : null;
    }
}
