using TsMapSurvey.Sky;

namespace TsMapSurvey.Plots;

/// <summary>A continuous part of a coordinate line, in pixel coordinates (0, 0 is the first pixel's centre).</summary>
internal readonly record struct GraticuleLine(double Degrees, IReadOnlyList<(double X, double Y)> Points);

/// <summary>
/// A tick with its place along an edge in pixel coordinates, and the round longitude or latitude there; minor ticks have no label.
/// </summary>
internal readonly record struct EdgeTick(double Place, string Label);

/// <summary>
/// Meridians and parallels of an image at round coordinates, computed with its WCS for any projection, and ticks at their intersections
/// with the lower and the left edge of the frame. If most of an edge is outside the projected sky, as for an all-sky image in AIT, its
/// ticks are at the intersections of the meridians with the middle row, and at the left ends of the parallels.
/// </summary>
internal sealed class Graticule
{
    private const int EdgeSamples = 361;
    private const int LineSamples = 181;
    private const int FieldSamples = 25;

    private readonly SkyGrid _grid;
    private readonly PlotFrame _frame;

    internal Graticule(SkyGrid grid, PlotFrame frame, int maxLongitudes, int maxLatitudes)
    {
        (_grid, _frame) = (grid, frame);
        var bottom = Edge(i => (frame.Left + (frame.Right - frame.Left) * i, frame.Bottom), longitude: true);
        var left = Edge(i => (frame.Left, frame.Bottom + (frame.Top - frame.Bottom) * i), longitude: false);
        var field = Field();
        HasMiddleRowLongitudes = !IsMostlySky(bottom);
        var hasLatitudesAtEnds = !IsMostlySky(left);
        var (lonStep, lonMinor) =
            RoundSteps.OfDegrees(HasMiddleRowLongitudes ? Width(field.LonFrom, field.LonTo) : Extent(bottom), maxLongitudes);
        var (latStep, latMinor) = RoundSteps.OfDegrees(hasLatitudesAtEnds ? Width(field.LatFrom, field.LatTo) : Extent(left), maxLatitudes);

        double AlongX(double i) => frame.Left + (frame.Right - frame.Left) * i;
        double AlongY(double i) => frame.Bottom + (frame.Top - frame.Bottom) * i;
        string Longitude(double value) => RoundSteps.Text(Wrapped(value, lonStep), lonStep);
        Meridians = [.. Lines(field.LonFrom, Math.Min(field.LonTo, field.LonFrom + 360 - lonStep / 2), lonStep, field.LatFrom, field.LatTo,
            (lon, lat) => (lon, lat))];
        Parallels = [.. Lines(field.LatFrom, field.LatTo, latStep, field.LonFrom, field.LonTo, (lat, lon) => (lon, lat))];
        LongitudeTicks = HasMiddleRowLongitudes
            ? [.. Meridians.SelectMany(line => OnMiddleRow(line, Longitude))] : [.. Crossings(bottom, lonStep, AlongX, Longitude)];
        LatitudeTicks = hasLatitudesAtEnds
            ? [.. Parallels.GroupBy(line => line.Degrees).Select(runs => LeftEnd(runs, RoundSteps.Text(runs.Key, latStep)))]
            : [.. Crossings(left, latStep, AlongY, value => RoundSteps.Text(value, latStep))];
        MinorLongitudeTicks = HasMiddleRowLongitudes
            ? [] : [.. Crossings(bottom, lonStep / lonMinor, AlongX, _ => "").Select(tick => tick.Place)];
        MinorLatitudeTicks = hasLatitudesAtEnds ? [] : [.. Crossings(left, latStep / latMinor, AlongY, _ => "").Select(tick => tick.Place)];
    }

    /// <summary>
    /// Whether the ticks of longitude are at the intersections of the meridians with the middle row instead of the lower edge.
    /// </summary>
    internal bool HasMiddleRowLongitudes { get; }

    internal IReadOnlyList<EdgeTick> LongitudeTicks { get; }

    internal IReadOnlyList<EdgeTick> LatitudeTicks { get; }

    internal IReadOnlyList<double> MinorLongitudeTicks { get; }

    internal IReadOnlyList<double> MinorLatitudeTicks { get; }

    internal IReadOnlyList<GraticuleLine> Meridians { get; }

    internal IReadOnlyList<GraticuleLine> Parallels { get; }

    // The coordinates along an edge; NaN where there is no sky. Longitudes continue beyond 360, so that neighbours differ by less than 180.
    private double[] Edge(Func<double, (double X, double Y)> at, bool longitude)
    {
        var edge = new double[EdgeSamples];
        var previous = double.NaN;
        for (var i = 0; i < EdgeSamples; i++)
        {
            var (x, y) = at(i / (EdgeSamples - 1.0));
            var known = _grid.Wcs.TryPixelToSky(x, y, out var lon, out var lat);
            edge[i] = !known
                ? double.NaN : !longitude ? lat : double.IsNaN(previous) ? lon : previous + Math.IEEERemainder(lon - previous, 360);
            if (known) previous = edge[i];
        }

        return edge;
    }

    private static bool IsMostlySky(double[] edge) => 2 * edge.Count(double.IsNaN) <= edge.Length;

    private static double Width(double from, double to) => to > from ? to - from : 1;

    private IEnumerable<EdgeTick> OnMiddleRow(GraticuleLine line, Func<double, string> label)
    {
        var middle = (_frame.Bottom + _frame.Top) / 2;
        for (var i = 1; i < line.Points.Count; i++)
        {
            var (from, to) = (line.Points[i - 1], line.Points[i]);
            if (from.Y > middle == to.Y > middle) continue;
            yield return new EdgeTick(from.X + (to.X - from.X) * (middle - from.Y) / (to.Y - from.Y), label(line.Degrees));
        }
    }

    private EdgeTick LeftEnd(IEnumerable<GraticuleLine> runs, string label)
    {
        var end = runs.SelectMany(run => run.Points).MinBy(point => Math.Abs(point.X - _frame.Left));
        return new EdgeTick(end.Y, label);
    }

    private static double Extent(double[] edge)
    {
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in edge)
            if (!double.IsNaN(value)) (min, max) = (Math.Min(min, value), Math.Max(max, value));
        return max > min ? max - min : 1;
    }

    private static IEnumerable<EdgeTick> Crossings(double[] edge, double step, Func<double, double> place, Func<double, string> label)
    {
        for (var i = 1; i < edge.Length; i++)
        {
            var (from, to) = (edge[i - 1] / step, edge[i] / step);
            if (double.IsNaN(from) || double.IsNaN(to) || from == to) continue;
            var (low, high) = from < to ? (from, to) : (to, from);
            // Half-open intervals, so that a crossing exactly at a sample is found only once.
            for (var k = Math.Ceiling(low - 1e-9); k <= high + 1e-9; k++)
            {
                var fraction = (k - from) / (to - from);
                if (fraction > 1 - 1e-9 && i < edge.Length - 1) continue;
                yield return new EdgeTick(place((i - 1 + Math.Clamp(fraction, 0, 1)) / (edge.Length - 1)), label(k * step));
            }
        }
    }

    private static double Wrapped(double lon, double step)
    {
        var wrapped = lon - 360 * Math.Floor(lon / 360);
        return wrapped >= 360 - step * 1e-6 ? 0 : wrapped;
    }

    private (double LonFrom, double LonTo, double LatFrom, double LatTo) Field()
    {
        var (lonFrom, lonTo, latFrom, latTo) = (double.PositiveInfinity, double.NegativeInfinity, 90.0, -90.0);
        if (!_grid.Wcs.TryPixelToSky((_frame.Left + _frame.Right) / 2, (_frame.Bottom + _frame.Top) / 2, out var start, out _))
            start = _grid.Wcs.Crval1;
        for (var row = 0; row < FieldSamples; row++)
        {
            var previous = start;
            foreach (var side in new[] { 1, -1 })
            {
                // From the middle outwards, so that longitudes are continuous on both sides for fields wider than half the sky.
                previous = side == 1 ? start : double.NaN;
                for (var i = 0; i <= FieldSamples; i++)
                {
                    var x = (_frame.Left + _frame.Right) / 2 + side * (_frame.Right - _frame.Left) * i / (2.0 * FieldSamples);
                    var y = _frame.Bottom + (_frame.Top - _frame.Bottom) * row / (FieldSamples - 1.0);
                    if (!_grid.Wcs.TryPixelToSky(x, y, out var lon, out var lat)) continue;
                    lon = double.IsNaN(previous)
                        ? start + Math.IEEERemainder(lon - start, 360) : previous + Math.IEEERemainder(lon - previous, 360);
                    previous = lon;
                    (lonFrom, lonTo, latFrom, latTo) =
                        (Math.Min(lonFrom, lon), Math.Max(lonTo, lon), Math.Min(latFrom, lat), Math.Max(latTo, lat));
                }
            }
        }

        return Poles((lonFrom, lonTo, latFrom, latTo));
    }

    // Extends the field if a pole is inside the frame: it has all longitudes, and the samples may not be close to the pole.
    private (double LonFrom, double LonTo, double LatFrom, double LatTo) Poles(
        (double LonFrom, double LonTo, double LatFrom, double LatTo) field)
    {
        foreach (var pole in new[] { 90.0, -90.0 })
        {
            if (!_grid.Wcs.TrySkyToPixel(0, pole, out var x, out var y) || !_frame.Contains(x, y)) continue;
            field = (0, 360, pole < 0 ? -90 : field.LatFrom, pole > 0 ? 90 : field.LatTo);
        }

        return field;
    }

    // Whether two points are on opposite sides of the image's seam: the middle between them in the image is far from both on the sky.
    private bool IsJump((double X, double Y) from, (double X, double Y) to)
    {
        if (At(from) is not { } a || At(to) is not { } b || At(((from.X + to.X) / 2, (from.Y + to.Y) / 2)) is not { } between) return true;
        return a.SeparationDeg(between) > 2 * a.SeparationDeg(b) + 1e-3;
    }

    private SkyPosition? At((double X, double Y) point) =>
        _grid.Wcs.TryPixelToSky(point.X, point.Y, out var lon, out var lat) ? new SkyPosition(lon, lat, _grid.Frame) : null;

    private IEnumerable<GraticuleLine> Lines(
        double from, double to, double step, double start, double end, Func<double, double, (double Lon, double Lat)> position)
    {
        if (!(from <= to)) yield break;
        for (var k = Math.Ceiling(from / step - 1e-9); k * step <= to + 1e-9 * step; k++)
        {
            var run = new List<(double X, double Y)>();
            for (var i = 0; i < LineSamples; i++)
            {
                var (lon, lat) = position(k * step, start + (end - start) * i / (LineSamples - 1));
                var known = _grid.TryPixelOf(new SkyPosition(lon, Math.Clamp(lat, -90, 90), _grid.Frame), out double x, out double y);
                if (run.Count > 0 && (!known || IsJump(run[^1], (x, y))))
                {
                    if (run.Count > 1) yield return new GraticuleLine(k * step, run);
                    run = [];
                }

                if (known) run.Add((x, y));
            }

            if (run.Count > 1) yield return new GraticuleLine(k * step, run);
        }
    }
}
