using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Incremental;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>A map that can be brought up to date, and the digest of the stack it was made of.</summary>
internal sealed record TileEstimate(IncrementalEstimate Estimate, DatasetDigest Digest)
{
    public long ByteSize => Estimate.ByteSize + Digest.ByteSize;

    /// <summary>
    /// The map of a stack, made of an earlier one's where there is one. That one is changed in place: whatever fails leaves it useless.
    /// </summary>
    /// <exception cref="MapException">There is nothing to fit.</exception>
    public static TileEstimate Make(
        TileEstimate? earlier, TsMapEstimator estimator, MapDataset stack, MapDataset? irfs, PixelRegion owned,
        CancellationToken cancellationToken)
    {
        var digest = DatasetDigest.Of(stack);
        if (earlier is null)
            return new TileEstimate(IncrementalEstimate.Create(estimator, [stack], irfs, owned, cancellationToken), digest);
        earlier.Estimate.Update([stack], digest.DifferenceFrom(earlier.Digest), cancellationToken);
        return earlier with { Digest = digest };
    }
}
