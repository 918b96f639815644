using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Seams;

/// <summary>The common side of two adjacent cells, as positions at which the maps of both tiles can be compared.</summary>
/// <param name="One">The cell with the lower index.</param>
/// <param name="Positions">ICRS, at most a pixel apart, without the corners, where further tiles meet.</param>
public sealed record SharedBorder(HealpixCell One, HealpixCell Other, IReadOnlyList<SkyPosition> Positions)
{
    /// <summary>The four sides of a tile. A side is the same, with the same positions, for both of its tiles.</summary>
    /// <param name="pixelDeg">The side of a pixel.</param>
    public static IEnumerable<SharedBorder> Of(HealpixCell cell, double pixelDeg)
    {
        foreach (var (dx, dy) in new[] { (-1, 0), (1, 0), (0, -1), (0, 1) })
        {
            var other = cell.Neighbour(dx, dy)!.Value;
            yield return cell.Index < other.Index ? Along(cell, other, pixelDeg) : Along(other, cell, pixelDeg);
        }
    }

    private static SharedBorder Along(HealpixCell one, HealpixCell other, double pixelDeg)
    {
        var (dx, dy) = new[] { (-1, 0), (1, 0), (0, -1), (0, 1) }.First(step => one.Neighbour(step.Item1, step.Item2) == other);
        SkyPosition At(double along) => (dx, dy) switch
        {
            (-1, _) => one.PositionAt(0, along),
            (1, _) => one.PositionAt(1, along),
            (_, -1) => one.PositionAt(along, 0),
            _ => one.PositionAt(along, 1),
        };
        var count = Math.Max(2, (int)Math.Ceiling(At(0).SeparationDeg(At(1)) / pixelDeg));
        return new SharedBorder(one, other, [.. Enumerable.Range(0, count).Select(i => At((i + 0.5) / count))]);
    }
}
