using ScottPlot;
using SkiaSharp;
using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Points;
using TsMapSurvey.Models;
using TsMapSurvey.Plots.Layers;

namespace TsMapSurvey.Plots;

/// <summary>Plots of flux points: E² dN/dE over energy, both logarithmic, with the model for norm 1.</summary>
public static class FluxPointPlot
{
    private const int Width = 900;
    private const int Height = 640;
    private const float LabelSize = 17;
    private const float TickSize = 15;
    private const int ModelSteps = 200;

    private const double ArrowDecades = 0.25;

    private static readonly SKColor PointColor = new(0x1f, 0x4e, 0x9c);
    private static readonly SKColor ModelColor = new(0xc8, 0x55, 0x1b);

    /// <summary>
    /// Draws a PNG. Points with sqrt_ts below 2 are drawn as arrows at their upper limits, if the maps have upper limits. Errors are
    /// asymmetric if the maps have asymmetric errors.
    /// </summary>
    /// <param name="points">Maps of one pixel from <see cref="FluxPointEstimator"/>.</param>
    /// <exception cref="PlotException">No bin has a flux above zero or a limit.</exception>
    public static byte[] Png(FluxMaps points, string? title = null) =>
        Draw(points, title, plot => plot.GetImageBytes(Width, Height, ImageFormat.Png));

    /// <summary>Draws the same plot as SVG.</summary>
    /// <inheritdoc cref="Png"/>
    public static byte[] Svg(FluxMaps points, string? title = null) => Draw(points, title, plot => SvgPicture.Of(plot, Width, Height));

    private static byte[] Draw(FluxMaps points, string? title, Func<Plot, byte[]> render)
    {
        var marks = Marks(points);
        if (marks.Count == 0) throw PlotErrors.NoFluxPoints(points.Geometry.Axes[0].BinCount);
        var edges = points.Geometry.Axes[0].Edges;
        var model = Line(points.Model.Spectral, edges[0], edges[^1]);
        var (left, right) = (Math.Log10(edges[0]) - 0.08, Math.Log10(edges[^1]) + 0.08);
        // Errors down to zero and distant parts of the model do not extend the axis, which would compress the points.
        var (low, high) = (marks.Min(mark => mark.Y) - 0.6, marks.Max(mark => mark.Top) + 0.3);
        var near = model.Where(point => point.Y > low - 1.5 && point.Y < high + 1.5).Select(point => point.Y).DefaultIfEmpty(low).ToArray();
        (low, high) = (Math.Min(low, near.Min() - 0.2), Math.Max(high, near.Max() + 0.2));
        // Space for the legend.
        high += 0.15 * (high - low);

        using var plot = new Plot();
        plot.Axes.SetLimits(left, right, low, high);
        plot.HideGrid();
        plot.Add.Plottable(new LineLayer([model], ModelColor, 2));
        plot.Add.Plottable(new LineLayer([.. marks.SelectMany(mark => mark.Lines(low))], PointColor, 2));
        AddDots(plot, [.. marks.Where(mark => !mark.IsLimit)]);
        AddLegend(plot);
        FormatAxes(plot, title, (left, right), (low, high));
        return render(plot);
    }

    private static List<Mark> Marks(FluxMaps points)
    {
        double At(string quantity, int bin) => points.Find(quantity)?.Data[bin] ?? double.NaN;
        var marks = new List<Mark>();
        var edges = points.Geometry.Axes[0].Edges;
        for (var bin = 0; bin < points.Geometry.PlaneCount; bin++)
        {
            var (value, limit, error) = (At("e2dnde", bin), At("e2dnde_ul", bin), At("e2dnde_err", bin));
            var (errn, errp) = (At("e2dnde_errn", bin), At("e2dnde_errp", bin));
            if (double.IsNaN(errn)) errn = error;
            if (double.IsNaN(errp)) errp = error;
            var (first, last) = (Math.Log10(edges[bin]), Math.Log10(edges[bin + 1]));
            var isLimit = !(At("sqrt_ts", bin) >= FluxPointTable.UpperLimitBelowSqrtTs) && limit > 0;
            if (isLimit) marks.Add(new Mark(first, last, Math.Log10(limit), double.NaN, Math.Log10(limit), true));
            else if (value > 0)
                marks.Add(new Mark(first, last, Math.Log10(value), errn < value
                    ? Math.Log10(value - errn) : double.NegativeInfinity, errp > 0 ? Math.Log10(value + errp) : Math.Log10(value), false));
        }

        return marks;
    }

    private static (double X, double Y)[] Line(ISpectralModel model, double minTeV, double maxTeV) =>
    [
        .. from i in Enumerable.Range(0, ModelSteps + 1)
           let energy = minTeV * Math.Pow(maxTeV / minTeV, i / (double)ModelSteps)
           let value = energy * energy * model.Differential(energy)
           where value > 0
           select (Math.Log10(energy), Math.Log10(value)),
    ];

    private static void AddDots(Plot plot, Mark[] marks)
    {
        var dots = plot.Add.ScatterPoints(marks.Select(mark => mark.X).ToArray(), marks.Select(mark => mark.Y).ToArray());
        dots.MarkerSize = 9;
        dots.MarkerShape = MarkerShape.FilledCircle;
        dots.Color = ScottPlot.Color.FromSKColor(PointColor);
    }

    private static void AddLegend(Plot plot)
    {
        LegendItem Item(string text, SKColor color) =>
            new() { LabelText = text, LineColor = ScottPlot.Color.FromSKColor(color), LineWidth = 3 };
        plot.ShowLegend([Item("flux points", PointColor), Item("model of norm 1", ModelColor)], Alignment.UpperRight);
        plot.Legend.FontSize = TickSize;
        plot.Legend.FontName = PlotFont.Typeface.FamilyName;
    }

    private static void FormatAxes(Plot plot, string? title, (double Low, double High) x, (double Low, double High) y)
    {
        plot.Axes.Title.Label.Text = title ?? "";
        plot.Axes.Title.IsVisible = !string.IsNullOrEmpty(title);
        PlotFont.Apply(plot.Axes.Title.Label, LabelSize);
        FormatAxis((ScottPlot.AxisPanels.AxisBase)plot.Axes.Bottom, "Energy (TeV)", x);
        FormatAxis((ScottPlot.AxisPanels.AxisBase)plot.Axes.Left, QuantityLabels.Of("e2dnde").WithUnit(), y);
        plot.Layout.Fixed(new PixelPadding(105, 25, 72, string.IsNullOrEmpty(title) ? 20 : 52));
    }

    private static void FormatAxis(ScottPlot.AxisPanels.AxisBase axis, string text, (double Low, double High) range)
    {
        axis.TickGenerator = LogTicks.Between(range.Low, range.High);
        axis.LabelStyle.Text = text;
        PlotFont.Apply(axis.LabelStyle, LabelSize);
        PlotFont.Apply(axis.TickLabelStyle, TickSize);
    }

    /// <summary>A point or an upper limit, with all values as log10.</summary>
    private readonly record struct Mark(double First, double Last, double Y, double Bottom, double Top, bool IsLimit)
    {
        public double X => (First + Last) / 2;

        public IEnumerable<IReadOnlyList<(double X, double Y)>> Lines(double floor)
        {
            yield return [(First, Y), (Last, Y)];
            if (IsLimit)
            {
                var (tip, wing) = (Y - ArrowDecades, Math.Min(0.02, (Last - First) / 4));
                yield return [(X, Y), (X, tip)];
                yield return [(X - wing, tip + 0.06), (X, tip), (X + wing, tip + 0.06)];
            }
            else
            {
                yield return [(X, Math.Max(Bottom, floor)), (X, Top)];
            }
        }
    }
}
