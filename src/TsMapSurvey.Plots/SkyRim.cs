using TsMapSurvey.Sky;

namespace TsMapSurvey.Plots;

/// <summary>The outline of the projected sky inside a frame, for example of an all-sky image in AIT.</summary>
internal static class SkyRim
{
    private const int Directions = 360;
    private const int Bisections = 40;

    /// <summary>Lines in pixel coordinates; none if the whole frame is on the sky, or if its centre is not.</summary>
    internal static IEnumerable<IReadOnlyList<(double X, double Y)>> Of(SkyGrid grid, PlotFrame frame)
    {
        var (x, y) = ((frame.Left + frame.Right) / 2, (frame.Bottom + frame.Top) / 2);
        bool IsSky(double px, double py) => grid.Wcs.TryPixelToSky(px, py, out _, out _);
        if (!IsSky(x, y)) yield break;
        var run = new List<(double, double)>();
        for (var i = 0; i <= Directions; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / Directions);
            var (toX, toY) = ((frame.Right - frame.Left) / 2 * cos, (frame.Top - frame.Bottom) / 2 * sin);
            // Distance to the edge of the frame in this direction.
            var edge = 1 / Math.Max(Math.Abs(cos), Math.Abs(sin));
            if (IsSky(x + edge * toX, y + edge * toY))
            {
                if (run.Count > 1) yield return run;
                run = [];
                continue;
            }

            // The projected sky is convex, so that each ray from a point inside crosses its outline once.
            var (inside, outside) = (0.0, edge);
            for (var step = 0; step < Bisections; step++)
            {
                var middle = (inside + outside) / 2;
                if (IsSky(x + middle * toX, y + middle * toY)) inside = middle;
                else outside = middle;
            }

            run.Add((x + inside * toX, y + inside * toY));
        }

        if (run.Count > 1) yield return run;
    }
}
