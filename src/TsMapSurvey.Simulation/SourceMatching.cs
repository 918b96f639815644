using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation;

/// <summary>Matches detected peaks with simulated sources.</summary>
public static class SourceMatching
{
    /// <summary>
    /// Matches each peak, beginning with the strongest, with the nearest unmatched source within a radius, which is
    /// <paramref name="radiusDeg"/> plus twice the source's sigma.
    /// </summary>
    public static MatchReport Match(IReadOnlyList<SourceTruth> sources, IEnumerable<DetectedPeak> peaks, double radiusDeg)
    {
        var (recovered, spurious, further) = (new List<RecoveredSource>(), new List<DetectedPeak>(), new List<DetectedPeak>());
        var unmatched = sources.ToList();
        foreach (var peak in peaks.OrderByDescending(peak => peak.SqrtTs))
        {
            var near = sources.Select(source => new RecoveredSource(source, peak, PositionOf(source).SeparationDeg(peak.Position)))
                .Where(match => match.SeparationDeg <= radiusDeg + 2 * match.Source.SigmaDeg)
                .OrderBy(match => match.SeparationDeg).ToArray();
            if (Array.Find(near, match => unmatched.Contains(match.Source)) is { } found)
            {
                recovered.Add(found);
                unmatched.Remove(found.Source);
            }
            else
            {
                (near.Length > 0 ? further : spurious).Add(peak);
            }
        }

        return new MatchReport(recovered, unmatched, spurious, further);
    }

    private static SkyPosition PositionOf(SourceTruth source) => new(source.LonDeg, source.LatDeg, SkyFrame.Galactic);
}
