using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Peaks;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>The peaks of a tile's map.</summary>
internal static class MapPeaks
{
    /// <summary>Weaker peaks are noise at any trial factor, and are not kept.</summary>
    private static readonly PeakOptions Kept = new() { MinSqrtTs = 3, MostGiven = 200 };

    public static IReadOnlyList<MapPeak> Find(FluxMaps maps) =>
    [
        .. from peak in PeakFinder.Find(maps, Kept)
           select new MapPeak(
               peak.Position.LonDeg, peak.Position.LatDeg, peak.SqrtTs, peak.Ts, peak.Flux, peak.FluxErr, peak.EnergyBin, peak.EnergyMinTeV, peak.EnergyMaxTeV,
               peak.FluxUl, peak.Error.RadiusDeg, peak.Error.SemiMajorDeg, peak.Error.SemiMinorDeg, peak.Error.PositionAngleDeg, peak.AtEdge),
    ];
}
