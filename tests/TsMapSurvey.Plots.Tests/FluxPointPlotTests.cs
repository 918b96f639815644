using SkiaSharp;
using TsMapSurvey.Estimators;
using TsMapSurvey.Maps;
using TsMapSurvey.Models;

namespace TsMapSurvey.Plots.Tests;

public sealed class FluxPointPlotTests
{
    private static readonly MapAxis Energy = MapAxis.EnergyBins("energy", 0.1, 100, 3);

    [Fact]
    public void Points_rise_with_the_flux_and_the_model_is_drawn()
    {
        using var picture = Pictures.Decode(FluxPointPlot.Png(Points([1, 10, 100], [10, 10, 10])));
        var dots = Enumerable.Range(0, 3).Select(bin => Blue(picture, bin)).ToArray();
        Assert.True(dots[0].Y > dots[1].Y + 40 && dots[1].Y > dots[2].Y + 40, string.Join(' ', dots));
        // The same step in the logarithm is the same step in the picture.
        Assert.InRange(dots[0].Y - dots[1].Y, dots[1].Y - dots[2].Y - 6, dots[1].Y - dots[2].Y + 6);
        var orange = from y in Enumerable.Range(0, picture.Height)
                     from x in Enumerable.Range(110, 500)
                     where picture.GetPixel(
            x, y) == new SKColor(0xc8, 0x55, 0x1b)
                     select y;
        // A power law of index 2 is flat in E² dN/dE, at the first point's norm of one.
        Assert.InRange(orange.Average(), dots[0].Y - 6, dots[0].Y + 6);
    }

    [Fact]
    public void Points_are_drawn_as_SVG_too()
    {
        var svg = System.Xml.Linq.XDocument.Load(new MemoryStream(FluxPointPlot.Svg(Points([1, 10, 100], [10, 10, 10]), "A source"))).Root!;
        Assert.Equal("svg", svg.Name.LocalName);
        Assert.Contains(svg.Descendants(), element =>
            element.Name.LocalName == "text" && element.Value.Contains("A source", StringComparison.Ordinal));
    }

    [Fact]
    public void Below_two_sigma_it_is_a_limit_and_not_a_point()
    {
        var weak = Points([1, 1, 1], [10, 1, 10]);
        using var picture = Pictures.Decode(FluxPointPlot.Png(weak));
        // The limit of three times the flux stands higher than its neighbours, and its arrow points down.
        var (point, limit) = (Blue(picture, 0), Blue(picture, 1));
        Assert.True(limit.Y < point.Y - 10, $"{point} {limit}");
        Assert.NotEqual(picture.Bytes, Pictures.Decode(FluxPointPlot.Png(Points([1, 1, 1], [10, 10, 10]))).Bytes);
    }

    [Fact]
    public void Without_any_flux_there_is_no_plot()
    {
        var none = Assert.Throws<PlotException>(() => FluxPointPlot.Png(Points([double.NaN, double.NaN, double.NaN], [0, 0, 0])));
        Assert.Equal(PlotError.NoFluxPoints, none.Error);
    }

    /// <summary>The middle of what is blue in the middle of a bin's third of the picture.</summary>
    private static (double X, double Y) Blue(SKBitmap picture, int bin)
    {
        var third = (picture.Width - 130) / 3;
        var dots = (from y in Enumerable.Range(130, picture.Height - 130)
                    from x in Enumerable.Range(105 + bin * third + third / 3, third / 3)
                    where picture.GetPixel(x, y) == new SKColor(0x1f, 0x4e, 0x9c)
                    select (x, y)).ToArray();
        return (dots.Average(dot => dot.x), dots.Average(dot => dot.y));
    }

    private static FluxMaps Points(double[] norm, double[] sqrtTs)
    {
        var geometry = new MapGeometry(Pictures.Tangential(1, 80, 20, 0.1), Energy);
        return new FluxMaps(geometry, new Dictionary<string, Map<double>>
        {
            ["norm"] = new(geometry, norm),
            ["norm_err"] = new(geometry, Array.ConvertAll(norm, value => value / 10)),
            ["norm_ul"] = new(geometry, Array.ConvertAll(norm, value => value * 3)),
            ["ts"] = new(geometry, Array.ConvertAll(sqrtTs, value => value * value)),
        }, SkyModel.Default, 1, 2, null, []);
    }
}
