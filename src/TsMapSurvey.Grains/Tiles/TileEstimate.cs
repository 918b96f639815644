using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Zones;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>A map that can be updated incrementally, and the digest of its stack.</summary>
internal sealed record TileEstimate(ZonedEstimate Estimate, DatasetDigest Digest)
{
    public long ByteSize => Estimate.ByteSize + Digest.ByteSize;

    /// <summary>
    /// Computes the map of a stack, from an earlier map's estimate if given. The earlier estimate is changed in place, and is invalid after
    /// an exception.
    /// </summary>
    /// <param name="zones">The parts of the stack's image with responses of their own.</param>
    /// <exception cref="MapException">The stack has nothing to fit.</exception>
    public static TileEstimate Make(
        TileEstimate? earlier, TsMapEstimator estimator, MapDataset stack, MapDataset? irfs, ResponseZones zones, PixelRegion owned,
        CancellationToken cancellationToken)
    {
        var digest = DatasetDigest.Of(stack);
        if (earlier is null)
            return new TileEstimate(ZonedEstimate.Create(estimator, stack, irfs, owned, zones, cancellationToken), digest);
        earlier.Estimate.Update(stack, zones, digest.DifferenceFrom(earlier.Digest), cancellationToken);
        return earlier with { Digest = digest };
    }
}
