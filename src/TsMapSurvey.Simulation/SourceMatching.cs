using TsMapSurvey.Sky;

namespace TsMapSurvey.Simulation;

/// <summary>Which simulated sources were found.</summary>
public static class SourceMatching
{
    /// <summary>
    /// From the strongest peak down, each takes the nearest source not yet taken within the radius; that of an extended source is
    /// <paramref name="radiusDeg"/> and twice its sigma.
    /// </summary>
    public static MatchReport Match(IReadOnlyList<SourceTruth> sources, IEnumerable<DetectedPeak> peaks, double radiusDeg)
    {
        var (recovered, spurious, further) = (new List<RecoveredSource>(), new List<DetectedPeak>(), new List<DetectedPeak>());
        var open = sources.ToList();
        foreach (var peak in peaks.OrderByDescending(peak => peak.SqrtTs))
        {
            var near = sources.Select(source => new RecoveredSource(source, peak, PositionOf(source).SeparationDeg(peak.Position)))
                .Where(match => match.SeparationDeg <= radiusDeg + 2 * match.Source.SigmaDeg)
                .OrderBy(match => match.SeparationDeg).ToArray();
            if (Array.Find(near, match => open.Contains(match.Source)) is { } found)
            {
                recovered.Add(found);
                open.Remove(found.Source);
            }
            else
            {
                (near.Length > 0 ? further : spurious).Add(peak);
            }
        }

        return new MatchReport(recovered, open, spurious, further);
    }

    private static SkyPosition PositionOf(SourceTruth source) => new(source.LonDeg, source.LatDeg, SkyFrame.Galactic);
}
