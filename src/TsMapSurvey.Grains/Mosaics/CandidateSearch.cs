using System.Collections.Immutable;
using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators.Peaks;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Mosaics;

internal static class CandidateSearch
{
    /// <summary>
    /// Returns one page in order of decreasing significance. Of two peaks of the same energy bin that are closer than the separation, the
    /// more significant one stays, so that a source on a tile's border is listed once. Peaks of two tiles that share pixels count once in
    /// any case.
    /// </summary>
    /// <returns>The page, and the position after it; null on the last page.</returns>
    public static (ImmutableArray<Candidate> Items, CandidatePlace? Next) Find(
        ITiling tiling, IEnumerable<MapFacts> tiles, CandidateRequest request)
    {
        var found = from facts in tiles
                    from peak in facts.Peaks
                    where peak.SqrtTs >= request.MinSqrtTs
                    orderby peak.SqrtTs descending, facts.Tile, peak.RaDeg
                    select (Peak: peak, Facts: facts);
        var peaks = BorderPeaks.Once(
            tiling, [.. found], one => (PositionOf(one.Peak), one.Peak.EnergyBin, new TileId(one.Facts.Tile)));
        var limit = request.Limit is > 0 and <= Page<Candidate>.MaxItems ? request.Limit : Page<Candidate>.MaxItems;
        Candidate[] page =
        [
            .. PeakFinder.Separate(peaks, one => (PositionOf(one.Peak), one.Peak.EnergyBin), request.MinSeparationDeg)
                .Select(kept => Of(kept.Item.Peak, kept.Item.Facts, kept.BrighterDeg))
                .SkipWhile(candidate => request.After?.IsBefore(candidate) == false).Take(limit + 1),
        ];
        return page.Length > limit ? ([.. page[..limit]], CandidatePlace.Of(page[limit - 1])) : ([.. page], null);
    }

    private static SkyPosition PositionOf(MapPeak peak) => new(peak.RaDeg, peak.DecDeg, SkyFrame.Icrs);

    private static Candidate Of(MapPeak peak, MapFacts facts, double brighterDeg) => new(
        peak.RaDeg, peak.DecDeg, peak.SqrtTs, peak.Ts, peak.Flux, peak.FluxErr, peak.EnergyBin, peak.EnergyMinTeV, peak.EnergyMaxTeV,
        facts.Tile, facts.Revision,
        peak.FluxUl, peak.PosErrDeg, peak.PosErrMajorDeg, peak.PosErrMinorDeg, peak.PosErrAngleDeg, peak.AtEdge, brighterDeg);
}
