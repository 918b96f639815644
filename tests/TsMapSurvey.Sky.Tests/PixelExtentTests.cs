namespace TsMapSurvey.Sky.Tests;

public sealed class PixelExtentTests
{
    private static readonly SkyGrid WholeCircle = new(
        Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 180.5, 10.5, -1, 1), 360, 20);

    [Fact]
    public void Positions_on_both_sides_of_the_wrap_are_next_to_each_other()
    {
        var found = PixelExtent.Of(WholeCircle, [At(178, -2), At(-179, 3), At(179, 0)])!.Value;
        Assert.Equal(3, found.MaxX - found.MinX, 1e-9);
        Assert.Equal(5, found.MaxY - found.MinY, 1e-9);
    }

    [Fact]
    public void The_pixels_of_a_cutout_are_where_they_are_and_unused_ones_do_not_count()
    {
        var part = WholeCircle.Cutout(100, 3, 4, 5);
        Assert.Equal(20, part.PixelCentres().Count());
        Near(new PixelExtent(100, 103, 3, 7), PixelExtent.Of(WholeCircle, part.PixelCentres()));
        var used = new bool[20];
        (used[5], used[10]) = (true, true);
        Near(new PixelExtent(101, 102, 4, 5), PixelExtent.Of(WholeCircle, part.PixelCentres(used)));
        Assert.Null(PixelExtent.Of(WholeCircle, part.PixelCentres(new bool[20])));
    }

    [Fact]
    public void Positions_that_the_projection_does_not_show_do_not_count()
    {
        var tangent = new SkyGrid(
            Wcs.Create(SkyFrame.Galactic, Projection.Tan, new SkyPosition(0, 0, SkyFrame.Galactic), 5.5, 5.5, -1, 1), 10, 10);
        Assert.Null(PixelExtent.Of(tangent, [At(180, 0)]));
        Near(new PixelExtent(4.5, 4.5, 4.5, 4.5), PixelExtent.Of(tangent, [At(180, 0), At(0, 0)]));
    }

    private static SkyPosition At(double lon, double lat) => new(lon, lat, SkyFrame.Galactic);

    private static void Near(PixelExtent expected, PixelExtent? found)
    {
        Assert.Equal(expected.MinX, found!.Value.MinX, 1e-9);
        Assert.Equal(expected.MaxX, found.Value.MaxX, 1e-9);
        Assert.Equal(expected.MinY, found.Value.MinY, 1e-9);
        Assert.Equal(expected.MaxY, found.Value.MaxY, 1e-9);
    }
}
