using System.Collections.Immutable;
using TsMapSurvey.Contracts;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains;

/// <summary>The survey's candidates from its tiles' peaks.</summary>
internal static class CandidateSearch
{
    private const int MostGiven = Page<Candidate>.MaxItems;

    /// <summary>The most significant first; of two in the same energy bin that are closer than the separation the first stays. So a source on a border is one.</summary>
    public static ImmutableArray<Candidate> Find(IEnumerable<MapFacts> tiles, double minSqrtTs, double minSeparationDeg)
    {
        var kept = new List<Candidate>();
        var peaks = from facts in tiles
                    from peak in facts.Peaks
                    where peak.SqrtTs >= minSqrtTs
                    orderby peak.SqrtTs descending, facts.Tile, peak.RaDeg
                    select new Candidate(peak.RaDeg, peak.DecDeg, peak.SqrtTs, peak.Ts, peak.Flux, peak.FluxErr, peak.EnergyBin, peak.EnergyMinTeV, peak.EnergyMaxTeV, facts.Tile, facts.Revision);
        foreach (var candidate in peaks)
        {
            if (kept.Count == MostGiven) break;
            if (!kept.Exists(other => other.EnergyBin == candidate.EnergyBin && Position(other).SeparationDeg(Position(candidate)) < minSeparationDeg)) kept.Add(candidate);
        }

        return [.. kept];
    }

    private static SkyPosition Position(Candidate candidate) => new(candidate.RaDeg, candidate.DecDeg, SkyFrame.Icrs);
}
