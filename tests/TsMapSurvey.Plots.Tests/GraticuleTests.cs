using TsMapSurvey.Sky;

namespace TsMapSurvey.Plots.Tests;

public sealed class GraticuleTests
{
    [Fact]
    public void Ticks_of_a_plain_map_are_at_round_degrees_across_the_zero_of_longitude()
    {
        var grid = Pictures.Galactic(101, 51);
        var graticule = Of(grid);
        Assert.Equal(
            ["5", "4", "3", "2", "1", "0", "359", "358", "357", "356", "355"], graticule.LongitudeTicks.Select(tick => tick.Label));
        // Pixel 50's centre is longitude 0, ten pixels are a degree.
        Assert.Equal(Enumerable.Range(0, 11).Select(i => i * 10.0), graticule.LongitudeTicks.Select(tick => Math.Round(tick.Place, 9)));
        Assert.Equal(["−2", "−1", "0", "1", "2"], graticule.LatitudeTicks.Select(tick => tick.Label));
        Assert.Equal([5.0, 15, 25, 35, 45], graticule.LatitudeTicks.Select(tick => Math.Round(tick.Place, 9)));
    }

    [Fact]
    public void Lines_of_a_plain_map_are_straight()
    {
        var graticule = Of(Pictures.Galactic(101, 51, lonDeg: 120));
        Assert.All(graticule.Meridians, line => Assert.All(line.Points, point => Assert.Equal(line.Points[0].X, point.X, 9)));
        Assert.All(graticule.Parallels, line => Assert.All(line.Points, point => Assert.Equal(line.Points[0].Y, point.Y, 9)));
        Assert.Equal([115.0, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125], graticule.Meridians.Select(line => line.Degrees).Order());
    }

    [Theory]
    [InlineData(266, -29, 0.05)]
    [InlineData(83, 60, 0.02)]
    [InlineData(0.1, 89, 0.02)]
    public void Ticks_and_lines_of_a_tangential_map_are_where_the_WCS_has_their_degrees(double ra, double dec, double step)
    {
        var grid = Pictures.Tangential(120, ra, dec, step);
        var graticule = Of(grid);
        var frame = PlotFrame.Around(grid);
        Assert.NotEmpty(graticule.LongitudeTicks);
        Assert.NotEmpty(graticule.LatitudeTicks);
        foreach (var tick in graticule.LongitudeTicks)
        {
            Assert.True(grid.Wcs.TryPixelToSky(tick.Place, frame.Bottom, out var lon, out _));
            Assert.Equal(0, Math.IEEERemainder(lon - Degrees(tick), 360), 0.01);
        }

        foreach (var tick in graticule.LatitudeTicks)
        {
            Assert.True(grid.Wcs.TryPixelToSky(frame.Left, tick.Place, out _, out var lat));
            Assert.Equal(lat, Degrees(tick), 0.01);
        }

        foreach (var line in graticule.Parallels)
        {
            foreach (var (x, y) in line.Points)
            {
                Assert.True(grid.Wcs.TryPixelToSky(x, y, out _, out var lat));
                Assert.Equal(line.Degrees, lat, 1e-7);
            }
        }

        Assert.Contains(graticule.Parallels, line => line.Points.Max(point => point.Y) - line.Points.Min(point => point.Y) > 0.5);
    }

    [Fact]
    public void Meridians_meet_at_a_pole_inside_the_map()
    {
        var grid = Pictures.Tangential(100, 40, 89, 0.05);
        Assert.True(grid.Wcs.TrySkyToPixel(0, 90, out var x, out var y));
        var graticule = Of(grid);
        Assert.True(graticule.Meridians.Count >= 4);
        Assert.All(
            graticule.Meridians, line => Assert.Contains(line.Points, point => Math.Abs(point.X - x) + Math.Abs(point.Y - y) < 1e-6));
    }

    [Fact]
    public void A_line_does_not_jump_across_a_map_of_the_whole_plane()
    {
        var grid = Pictures.Galactic(3600, 400);
        var graticule = Of(grid);
        Assert.Equal(36, graticule.LongitudeTicks.Select(tick => tick.Label).Distinct().Count());
        foreach (var line in graticule.Parallels.Concat(graticule.Meridians))
            for (var i = 1; i < line.Points.Count; i++)
                Assert.True(Math.Abs(line.Points[i].X - line.Points[i - 1].X) < 100);
    }

    [Theory]
    [InlineData(Projection.Ait)]
    [InlineData(Projection.Mol)]
    [InlineData(Projection.Sfl)]
    public void An_all_sky_image_has_few_round_lines_and_ticks_on_its_middle_row(Projection projection)
    {
        var grid = Pictures.AllSky(projection);
        var graticule = Of(grid);
        Assert.True(graticule.HasMiddleRowLongitudes);
        Assert.InRange(graticule.Meridians.Select(line => line.Degrees).Distinct().Count(), 5, 25);
        Assert.InRange(graticule.Parallels.Select(line => line.Degrees).Distinct().Count(), 3, 20);
        Assert.Contains(graticule.LongitudeTicks, tick => tick.Label == "0" && Math.Abs(tick.Place - 83.5) < 1e-6);
        Assert.InRange(graticule.LongitudeTicks.Count, 5, 25);
        Assert.All(graticule.LongitudeTicks, tick =>
        {
            Assert.True(grid.Wcs.TryPixelToSky(tick.Place, 43.5, out var lon, out _));
            Assert.Equal(0, Math.IEEERemainder(lon - Degrees(tick), 360), 0.5);
        });
        // The ticks of north and south mirror each other.
        Assert.Contains(graticule.LatitudeTicks, tick => tick.Label == "30");
        Assert.Equal(87, graticule.LatitudeTicks.Single(tick => tick.Label == "30").Place
            + graticule.LatitudeTicks.Single(tick => tick.Label == "−30").Place, 1e-6);
    }

    [Theory]
    [InlineData(Projection.Ait)]
    [InlineData(Projection.Mol)]
    [InlineData(Projection.Sfl)]
    public void No_line_of_an_all_sky_image_crosses_from_rim_to_rim(Projection projection)
    {
        var grid = Pictures.AllSky(projection, lonDeg: 100);
        foreach (var line in Of(grid).Parallels.Concat(Of(grid).Meridians))
            for (var i = 1; i < line.Points.Count; i++)
            {
                var (a, b) = (line.Points[i - 1], line.Points[i]);
                Assert.True(double.Hypot(a.X - b.X, a.Y - b.Y) < 8, $"{line.Degrees}: {a} to {b}");
            }
    }

    [Fact]
    public void The_outline_of_an_all_sky_image_is_its_ellipse_and_other_images_have_none()
    {
        var grid = Pictures.AllSky(Projection.Ait);
        var rim = Assert.Single(SkyRim.Of(grid, PlotFrame.Around(grid)));
        var radian = 180 / Math.PI / 2;
        Assert.All(rim, point => Assert.Equal(1,
            Math.Pow((point.X - 83.5) / (Math.Sqrt(8) * radian), 2) + Math.Pow((point.Y - 43.5) / (Math.Sqrt(2) * radian), 2), 1e-6));
        Assert.Empty(SkyRim.Of(Pictures.Galactic(30, 20), PlotFrame.Around(Pictures.Galactic(30, 20))));
        // A part that the rim cuts.
        var part = grid.Cutout(0, 0, 60, 40);
        var cut = SkyRim.Of(part, PlotFrame.Around(part)).ToArray();
        Assert.NotEmpty(cut);
        Assert.All(cut.SelectMany(run => run), point => Assert.True(PlotFrame.Around(part).Contains(point.X, point.Y)));
    }

    [Theory]
    [InlineData(Projection.Ait)]
    [InlineData(Projection.Mol)]
    public void An_all_sky_image_keeps_the_shape_of_its_projection(Projection projection)
    {
        var frame = PlotFrame.Around(Pictures.AllSky(projection));
        Assert.Equal(168.0 / 88, (double)frame.Width / frame.Height, 0.01);
    }

    [Fact]
    public void Longitude_grows_to_the_left_also_where_columns_count_the_other_way()
    {
        var reversed =
            new SkyGrid(Wcs.Create(SkyFrame.Icrs, Projection.Car, new SkyPosition(50, 0, SkyFrame.Icrs), 20.5, 10.5, 0.1, 0.1), 40, 20);
        var frame = PlotFrame.Around(reversed);
        Assert.True(frame.Left > frame.Right);
        Assert.True(frame.Bottom < frame.Top);
        var ticks = Of(reversed).LongitudeTicks;
        Assert.Equal(ticks.Select(Degrees).OrderDescending(), ticks.Select(Degrees));
    }

    [Theory]
    [InlineData(300, 250, 900, 750)]
    [InlineData(1500, 100, 1500, 240)]
    [InlineData(9000, 1000, 4000, 444)]
    [InlineData(2, 2, 900, 900)]
    public void A_frame_has_the_maps_aspect_and_a_dot_or_more_a_pixel_up_to_its_limit(int width, int height, int columns, int rows)
    {
        var frame = PlotFrame.Around(Pictures.Galactic(width, height, 0.01));
        Assert.Equal((columns, rows), (frame.Width, frame.Height));
        Assert.Equal((double)frame.Width / frame.Height, (frame.Right - frame.Left) / (frame.Top - frame.Bottom), 0.01);
    }

    [Fact]
    public void Far_from_the_equator_a_CAR_pixel_is_drawn_narrower()
    {
        var north = new SkyGrid(
            Wcs.Create(SkyFrame.Icrs, Projection.Car, new SkyPosition(50, 0, SkyFrame.Icrs), 50.5, -5950, -0.01, 0.01), 100, 100);
        var frame = PlotFrame.Around(north);
        Assert.Equal(0.5, (double)frame.Width / frame.Height, 0.02);
    }

    private static Graticule Of(SkyGrid grid)
    {
        var frame = PlotFrame.Around(grid);
        return new Graticule(grid, frame, frame.Width > 3000 ? 36 : 12, 8);
    }

    private static double Degrees(EdgeTick tick) =>
        double.Parse(tick.Label.Replace('−', '-'), System.Globalization.CultureInfo.InvariantCulture);
}
