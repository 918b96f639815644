using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;
using TsMapSurvey.Maps;
using TsMapSurvey.Plots.Layers;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Plots;

/// <summary>Plots of maps with celestial axes, grid and colour bar.</summary>
public static class MapPlot
{
    private const float TitleSize = 19;
    private const float LabelSize = 17;
    private const float TickSize = 15;
    private const int DotsPerLongitude = 105;
    private const int DotsPerLatitude = 75;

    private const float DigitWidth = 9.6f;

    /// <summary>
    /// Draws a PNG with one or more dots for each pixel of the map (at most 4000 dots along a side), with the aspect ratio of the sky at
    /// the map's centre and with longitude increasing to the left. NaN is light grey unless the scale has another colour. A plot without
    /// any finite value has a text that says so.
    /// </summary>
    /// <exception cref="PlotException">The map is not an image, or the options are not valid for it.</exception>
    public static byte[] Png(Map<double> map, MapPlotOptions options) =>
        Draw(map, options, (plot, width, height) => plot.GetImageBytes(width, height, ImageFormat.Png));

    /// <summary>Draws the same plot as SVG: lines and text are vectors, the map is an embedded image.</summary>
    /// <inheritdoc cref="Png"/>
    public static byte[] Svg(Map<double> map, MapPlotOptions options) => Draw(map, options, SvgPicture.Of);

    private static byte[] Draw(Map<double> map, MapPlotOptions options, Func<Plot, int, int, byte[]> render)
    {
        var grid = map.Geometry.Grid ?? throw PlotErrors.NoImage();
        if (grid.Width < 2 || grid.Height < 2) throw PlotErrors.TooSmall(grid.Width, grid.Height);
        var label = options.Label ?? QuantityLabels.Of(options.Quantity);
        var plane = PlotPlane.Of(map, options.Plane, label);
        var mapping = (options.Scale ?? label.Scale with { Nan = Rgba.Grey }).Mapping(plane.Values);
        var frame = PlotFrame.Around(grid);
        var graticule = new Graticule(grid, frame, frame.Width / DotsPerLongitude, frame.Height / DotsPerLatitude);

        using var image = Picture(plane.Values, grid, mapping);
        using var plot = new Plot();
        plot.Axes.SetLimits(frame.Left, frame.Right, frame.Bottom, frame.Top);
        var raster = Add(plot, new RasterLayer(image, mapping));
        // Most of a plot with a sequential colormap is dark, most of one with a diverging colormap is light.
        var gridColor = mapping.IsDiverging ? new SKColor(90, 90, 90, 90) : new SKColor(255, 255, 255, 75);
        Add(plot, new LineLayer(
            [.. graticule.Meridians.Concat(graticule.Parallels).Select(line => line.Points), .. SkyRim.Of(grid, frame)], gridColor, 1));
        foreach (var level in options.Contours) AddContour(plot, plane.Values, grid, level);
        Add(plot, new MarkerLayer(MarkersOnImage(options.Markers, grid)));
        if (plane.WhyEmpty() is { } reason) AddNote(plot, reason);

        var title = string.Join("    ", new[] { options.Title, plane.Caption }.Where(text => !string.IsNullOrEmpty(text)));
        FormatAxes(plot, grid.Frame, graticule, title);
        var ticks = new ColorBarTicks(mapping);
        AddColorBar(plot, raster, ticks, label.WithUnit(map.Unit, ticks.PowerOfTen));
        var margins = new PixelPadding(Room(graticule.LatitudeTicks) + 46, Room(ticks.Ticks) + 96, 72, title.Length > 0 ? 52 : 18);
        plot.Layout.Fixed(margins);
        return render(plot, frame.Width + (int)margins.Horizontal, frame.Height + (int)margins.Vertical);
    }

    private static SKImage Picture(double[] values, SkyGrid grid, ColorMapping mapping)
    {
        var pixels = new uint[values.Length];
        MapImage.Paint(values, grid.Width, grid.Height, mapping, pixels, grid.Width, grid.Height);
        return MapImage.ToImage(pixels, grid.Width, grid.Height);
    }

    private static T Add<T>(Plot plot, T layer)
        where T : IPlottable
    {
        plot.Add.Plottable(layer);
        return layer;
    }

    private static void AddContour(Plot plot, double[] values, SkyGrid grid, double level)
    {
        if (!double.IsFinite(level)) throw PlotErrors.BadLevel(level);
        IReadOnlyList<(double, double)>[] pieces =
            [.. ContourLines.Of(values, grid.Width, grid.Height, level)
                .Select(piece => new[] { (piece.X1, piece.Y1), (piece.X2, piece.Y2) })];
        Add(plot, new LineLayer(pieces, new SKColor(255, 255, 255, 200), 3.2f));
        Add(plot, new LineLayer(pieces, SKColors.Black, 1.4f));
    }

    private static void AddNote(Plot plot, string text)
    {
        var note = plot.Add.Annotation(text, Alignment.MiddleCenter);
        PlotFont.Apply(note.LabelStyle, LabelSize);
        note.LabelBackgroundColor = Colors.White;
        note.LabelShadowColor = Colors.Transparent;
    }

    private static (double X, double Y, string? Label)[] MarkersOnImage(IReadOnlyList<SourceMarker> markers, SkyGrid grid) =>
    [
        .. from marker in markers
           where grid.Contains(marker.Position)
           let at = grid.TryPixelOf(marker.Position, out double x, out double y) ? (x, y) : default
           select (at.x, at.y, marker.Label),
    ];

    private static void FormatAxes(Plot plot, SkyFrame frame, Graticule graticule, string title)
    {
        plot.HideGrid();
        plot.Axes.Title.Label.Text = title;
        plot.Axes.Title.IsVisible = title.Length > 0;
        PlotFont.Apply(plot.Axes.Title.Label, TitleSize);
        var (lon, lat) = frame switch
        {
            SkyFrame.Galactic => ("Galactic longitude (deg)", "Galactic latitude (deg)"),
            SkyFrame.Fk5 => ("Right ascension (FK5 J2000, deg)", "Declination (deg)"),
            _ => ("Right ascension (ICRS, deg)", "Declination (deg)"),
        };
        if (graticule.HasMiddleRowLongitudes) lon += ", on the middle row";
        FormatAxis((ScottPlot.AxisPanels.AxisBase)plot.Axes.Bottom, lon, graticule.LongitudeTicks, graticule.MinorLongitudeTicks);
        plot.Axes.Bottom.Label.OffsetY = 5;
        FormatAxis((ScottPlot.AxisPanels.AxisBase)plot.Axes.Left, lat, graticule.LatitudeTicks, graticule.MinorLatitudeTicks);
    }

    private static void FormatAxis(
        ScottPlot.AxisPanels.AxisBase axis, string text, IReadOnlyList<EdgeTick> ticks, IReadOnlyList<double> minor)
    {
        var generator = new NumericManual();
        foreach (var tick in ticks) generator.AddMajor(tick.Place, tick.Label);
        foreach (var place in minor) generator.AddMinor(place);
        axis.TickGenerator = generator;
        axis.LabelStyle.Text = text;
        PlotFont.Apply(axis.LabelStyle, LabelSize);
        PlotFont.Apply(axis.TickLabelStyle, TickSize);
        // The typeface has more space above its digits than below; the offset centres them at the tick.
        axis.TickLabelStyle.OffsetY = TickSize * 0.3f;
    }

    private static void AddColorBar(Plot plot, RasterLayer raster, ColorBarTicks ticks, string text)
    {
        var bar = plot.Add.ColorBar(raster);
        bar.Width = 24;
        FormatAxis((ScottPlot.AxisPanels.AxisBase)bar.Axis, "", ticks.Ticks, []);
        bar.Label = text;
        PlotFont.Apply(bar.LabelStyle, LabelSize);
    }

    private static float Room(IReadOnlyList<EdgeTick> ticks) =>
        (float)Math.Ceiling(DigitWidth * ticks.Select(tick => tick.Label.Length).DefaultIfEmpty(1).Max());
}
