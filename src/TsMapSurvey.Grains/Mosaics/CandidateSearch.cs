using System.Collections.Immutable;
using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Estimators.Peaks;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains;

/// <summary>The survey's candidates from its tiles' peaks.</summary>
internal static class CandidateSearch
{
    private const int MostGiven = Page<Candidate>.MaxItems;

    /// <summary>The most significant first; of two in the same energy bin that are closer than the separation the first stays. So a source on a border is one.</summary>
    public static ImmutableArray<Candidate> Find(IEnumerable<MapFacts> tiles, double minSqrtTs, double minSeparationDeg)
    {
        var peaks = from facts in tiles
                    from peak in facts.Peaks
                    where peak.SqrtTs >= minSqrtTs
                    orderby peak.SqrtTs descending, facts.Tile, peak.RaDeg
                    select (Peak: peak, Facts: facts);
        return
        [
            .. PeakFinder.Separate(peaks, found => (new SkyPosition(found.Peak.RaDeg, found.Peak.DecDeg, SkyFrame.Icrs), found.Peak.EnergyBin), minSeparationDeg)
                .Take(MostGiven).Select(kept => Of(kept.Item.Peak, kept.Item.Facts, kept.BrighterDeg)),
        ];
    }

    private static Candidate Of(MapPeak peak, MapFacts facts, double brighterDeg) => new(
        peak.RaDeg, peak.DecDeg, peak.SqrtTs, peak.Ts, peak.Flux, peak.FluxErr, peak.EnergyBin, peak.EnergyMinTeV, peak.EnergyMaxTeV, facts.Tile, facts.Revision,
        peak.FluxUl, peak.PosErrDeg, peak.PosErrMajorDeg, peak.PosErrMinorDeg, peak.PosErrAngleDeg, peak.AtEdge, brighterDeg);
}
