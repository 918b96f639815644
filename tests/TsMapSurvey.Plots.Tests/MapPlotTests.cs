using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Plots.Tests;

public sealed class MapPlotTests
{
    private const int ColorBarRoom = 110;
    private static readonly ColorScale Viridis = new(Colormap.Viridis, Stretch.Linear, 0, 1);

    [Theory]
    [InlineData(0, 19, -1, -1)]
    [InlineData(29, 19, 1, -1)]
    [InlineData(0, 0, -1, 1)]
    [InlineData(29, 0, 1, 1)]
    public void A_hot_corner_of_the_map_is_hot_in_the_same_corner_of_the_picture(int x, int y, int toRight, int down)
    {
        var map = Pictures.Zeros(Pictures.Galactic(30, 20));
        map.Data[y * 30 + x] = 1;
        using var picture = Pictures.Decode(MapPlot.Png(map, new MapPlotOptions { Scale = Viridis }));
        var hot = Pictures.CentreOf(picture, Colormap.Viridis[1], picture.Width - ColorBarRoom);
        var cold = Pictures.CentreOf(picture, Colormap.Viridis[0], picture.Width - ColorBarRoom);
        Assert.InRange((hot.X - cold.X) * toRight, 400, 460);
        Assert.InRange((hot.Y - cold.Y) * down, 260, 310);
    }

    [Fact]
    public void A_map_with_longitude_to_the_right_is_turned_round()
    {
        var grid =
            new SkyGrid(Wcs.Create(SkyFrame.Icrs, Projection.Car, new SkyPosition(50, 0, SkyFrame.Icrs), 15.5, 10.5, 0.1, 0.1), 30, 20);
        var map = Pictures.Zeros(grid);
        map.Data[10 * 30] = 1;
        using var picture = Pictures.Decode(MapPlot.Png(map, new MapPlotOptions { Scale = Viridis }));
        Assert.True(Pictures.CentreOf(picture, Colormap.Viridis[1], picture.Width - ColorBarRoom).X > Pictures.CentreOf(
            picture, Colormap.Viridis[0], picture.Width - ColorBarRoom).X + 400);
    }

    [Fact]
    public void Title_axes_and_colour_bar_have_text()
    {
        var map = Pictures.Zeros(Pictures.Galactic(30, 20));
        using var picture = Pictures.Decode(MapPlot.Png(map, new MapPlotOptions { Title = "A title", Scale = Viridis }));
        using var untitled = Pictures.Decode(MapPlot.Png(map, new MapPlotOptions { Scale = Viridis }));
        var (width, height) = (picture.Width, picture.Height);
        Assert.True(Pictures.DarkDots(picture, 0, 0, width, 40) > 50, "title");
        Assert.True(Pictures.DarkDots(picture, 0, 60, 30, height) > 100, "latitude axis");
        Assert.True(Pictures.DarkDots(picture, 0, height - 45, width, height) > 100, "longitude axis");
        Assert.True(Pictures.DarkDots(picture, width - 60, 60, width, height) > 50, "colour bar");
        Assert.Equal(0, Pictures.DarkDots(untitled, 0, 0, width, 10));
        Assert.True(untitled.Height < height);
    }

    [Theory]
    [InlineData(Projection.Ait)]
    [InlineData(Projection.Mol)]
    [InlineData(Projection.Sfl)]
    [InlineData(Projection.Sin)]
    public void An_all_sky_map_is_drawn_with_ticks_and_no_lines_in_its_corners(Projection projection)
    {
        var grid = Pictures.AllSky(projection);
        var map = Pictures.Zeros(grid);
        for (var i = 0; i < map.Data.Length; i++)
            if (!grid.HasSky(i % grid.Width, i / grid.Width)) map.Data[i] = double.NaN;
        using var picture = Pictures.Decode(MapPlot.Png(map, new MapPlotOptions()));
        var frame = PlotFrame.Around(grid);
        // Just inside the frame's upper left corner there is no sky.
        Assert.Equal(Rgba.Grey, Pictures.At(picture, picture.Width - 110 - frame.Width + 40, 30));
        Assert.True(Pictures.DarkDots(picture, 0, picture.Height - 60, picture.Width, picture.Height - 35) > 60, "longitude ticks");
    }

    [Fact]
    public void A_map_is_drawn_as_SVG_too_with_its_pixels_as_they_are()
    {
        var map = Pictures.Zeros(Pictures.Galactic(30, 20));
        var options = new MapPlotOptions { Title = "A title", Scale = Viridis };
        using var png = Pictures.Decode(MapPlot.Png(map, options));
        var svg = System.Xml.Linq.XDocument.Load(new MemoryStream(MapPlot.Svg(map, options))).Root!;
        Assert.Equal(
            ("svg", $"{png.Width}", $"{png.Height}"), (svg.Name.LocalName, svg.Attribute("width")!.Value, svg.Attribute("height")!.Value));
        var image = svg.Descendants().First(element => element.Name.LocalName == "image");
        Assert.Equal(("30", "20", "image-rendering:pixelated"),
            (image.Attribute("width")!.Value, image.Attribute("height")!.Value, image.Attribute("style")!.Value));
        Assert.Contains(
            svg.Descendants(), element => element.Name.LocalName == "text" && element.Value.Contains("A title", StringComparison.Ordinal));
    }

    [Fact]
    public void NaN_is_grey()
    {
        var map = Pictures.Zeros(Pictures.Galactic(30, 20));
        map.Data.AsSpan(0, 300).Fill(double.NaN);
        using var picture = Pictures.Decode(MapPlot.Png(map, new MapPlotOptions()));
        Assert.Equal(Rgba.Grey, Pictures.At(picture, picture.Width / 2 + 10, picture.Height - 90));
        Assert.Equal(new Rgba(255, 255, 255), Pictures.At(picture, picture.Width / 2 + 10, 95));
    }

    [Fact]
    public void Planes_of_counts_are_summed_and_others_shown_one_at_a_time()
    {
        var map = Pictures.Zeros(Pictures.Galactic(4, 3), MapAxis.EnergyEdges("energy", 0.1, 1, 10));
        map.Plane(0).Fill(2);
        map.Plane(1).Fill(3);
        map.Plane(1)[5] = double.NaN;
        var sum = PlotPlane.Of(map, null, QuantityLabels.Of("counts"));
        Assert.Equal((5, 2), (sum.Values[0], sum.Values[5]));
        Assert.Equal("sum of 2 planes, 0.1 – 10 TeV", sum.Caption);
        var first = PlotPlane.Of(map, null, QuantityLabels.Of("sqrt_ts"));
        Assert.Equal((2, "0.1 – 1 TeV"), (first.Values[0], first.Caption));
        Assert.Equal(3, PlotPlane.Of(map, 1, QuantityLabels.Of("counts")).Values[0]);
    }

    [Fact]
    public void Contours_and_markers_change_the_picture_only_near_them()
    {
        var grid = Pictures.Galactic(60, 60);
        var map = Pictures.Zeros(grid);
        map.Data.AsSpan(0, 60 * 30).Fill(10);
        var plain = MapPlot.Png(map, new MapPlotOptions { Quantity = "counts", Scale = Viridis with { Max = 20 } });
        var lined = MapPlot.Png(map, new MapPlotOptions
        {
            Quantity = "counts",
            Scale = Viridis with { Max = 20 },
            Contours = [5],
            Markers = [new SourceMarker(new SkyPosition(1, 2, SkyFrame.Galactic), "HESS J0000"),
                new SourceMarker(new SkyPosition(90, 0, SkyFrame.Galactic), "elsewhere")],
        });
        using var before = Pictures.Decode(plain);
        using var after = Pictures.Decode(lined);
        var rows = Enumerable.Range(0, before.Height)
            .Where(y => Enumerable.Range(0, before.Width).Any(x => before.GetPixel(x, y) != after.GetPixel(x, y))).ToArray();
        // Fifteen dots a pixel: the contour at latitude 0 in the middle of the frame, the marker 20 pixels above it.
        var middle = 18 + 450;
        Assert.Contains(middle, rows);
        Assert.Contains(middle - 300, rows);
        Assert.DoesNotContain(middle - 150, rows);
        Assert.DoesNotContain(middle + 150, rows);
    }

    [Fact]
    public void A_picture_does_not_depend_on_who_else_is_drawing()
    {
        var map = Pictures.Zeros(Pictures.Galactic(30, 20));
        var options = new MapPlotOptions { Title = "Title", Scale = Viridis };
        var expected = MapPlot.Png(map, options);
        var all = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(4).Select(_ => MapPlot.Png(map, options)).ToArray();
        Assert.All(all, png => Assert.Equal(expected, png));
    }

    [Fact]
    public void A_picture_of_nothing_but_NaN_says_so()
    {
        var map = Pictures.Zeros(Pictures.Galactic(30, 20));
        Array.Fill(map.Data, double.NaN);
        using var picture = Pictures.Decode(MapPlot.Png(map, new MapPlotOptions { Quantity = "flux", Contours = [1] }));
        Assert.Equal("none of the 600 pixels has a value: all are NaN", PlotPlane.Of(map, null, QuantityLabels.Of("flux")).WhyEmpty());
        var (x, y) = (picture.Width / 2 - 150, picture.Height / 2 - 60);
        Assert.True(Pictures.DarkDots(picture, x, y, x + 300, y + 120) > 200, "the sentence in the middle");
        map.Data[0] = double.PositiveInfinity;
        Assert.EndsWith(
            "all are NaN or infinite", PlotPlane.Of(map, null, QuantityLabels.Of("flux")).WhyEmpty(), StringComparison.Ordinal);
        map.Data[1] = 0;
        Assert.Null(PlotPlane.Of(map, null, QuantityLabels.Of("flux")).WhyEmpty());
        using var drawn = Pictures.Decode(MapPlot.Png(map, new MapPlotOptions { Quantity = "flux" }));
        Assert.Equal(0, Pictures.DarkDots(drawn, x, y, x + 300, y + 120));
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused_with_the_reason()
    {
        var map = Pictures.Zeros(Pictures.Galactic(30, 20));
        Assert.Equal(PlotError.NoImage, ErrorOf(new Map<double>(new MapGeometry(null, MapAxis.EnergyEdges("energy", 1, 10))), new()));
        Assert.Equal(PlotError.TooSmall, ErrorOf(Pictures.Zeros(Pictures.Galactic(1, 1)), new()));
        Assert.Equal(PlotError.NoSuchPlane, ErrorOf(map, new() { Plane = 1 }));
        Assert.Equal(PlotError.NoSuchPlane, ErrorOf(map, new() { Plane = -1 }));
        Assert.Equal(PlotError.BadRange, ErrorOf(map, new() { Scale = Viridis with { Min = 2 } }));
        Assert.Equal(PlotError.BadLevel, ErrorOf(map, new() { Contours = [double.NaN] }));

        static PlotError ErrorOf(Map<double> map, MapPlotOptions options) =>
            Assert.Throws<PlotException>(() => MapPlot.Png(map, options)).Error;
    }

    [Fact]
    public void The_shell_of_RX_J1713_is_drawn_from_its_golden_map()
    {
        using var file = FitsFile.Open(Shared.Path("golden", "hess-rxj1713", "point.fits.gz"));
        var map = MapReader.Read(file, file.Find("SQRT_TS")!);
        using var picture = Pictures.Decode(MapPlot.Png(map, new MapPlotOptions { Title = "RX J1713.7−3946", Contours = [5] }));
        Assert.True(picture.Width > 900 && picture.Height > 750);
        var bright = Pictures.CentreOf(picture, Colormap.Significance[1], picture.Width - ColorBarRoom);
        Assert.InRange(bright.X / picture.Width, 0.4, 0.6);
        Assert.InRange(bright.Y / picture.Height, 0.4, 0.6);
    }
}
