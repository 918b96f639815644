using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Peaks;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>The peaks of a tile's map in the pixels that the tile shows.</summary>
internal static class MapPeaks
{
    /// <summary>Weaker peaks are noise at any trial factor.</summary>
    private static readonly PeakOptions Kept = new() { MinSqrtTs = 3, MaxPeaks = 200 };

    /// <param name="maps">Maps of the box of <paramref name="owned"/>, including pixels that the tile does not own.</param>
    public static IReadOnlyList<MapPeak> Find(FluxMaps maps, OwnedRegion owned) =>
    [
        .. from peak in PeakFinder.Find(maps, Kept)
           where owned.Shows(owned.Box.X + peak.X, owned.Box.Y + peak.Y)
           select new MapPeak(
               peak.Position.LonDeg, peak.Position.LatDeg, peak.SqrtTs, peak.Ts, peak.Flux, peak.FluxErr,
               peak.EnergyBin, peak.EnergyMinTeV, peak.EnergyMaxTeV, peak.FluxUl,
               peak.Error.RadiusDeg, peak.Error.SemiMajorDeg, peak.Error.SemiMinorDeg, peak.Error.PositionAngleDeg, peak.AtEdge),
    ];
}
