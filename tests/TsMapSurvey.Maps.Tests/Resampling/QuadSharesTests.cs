using TsMapSurvey.Maps.Resampling;

namespace TsMapSurvey.Maps.Tests.Resampling;

public sealed class QuadSharesTests
{
    [Fact]
    public void A_pixel_shifted_by_a_quarter_has_its_area_in_two_pixels()
    {
        var shares = Of((0.25, 0), (1.25, 0), (1.25, 1), (0.25, 1), shift: -0.5);
        Assert.Equal([(0, 0, 0.75), (1, 0, 0.25)], shares.Select(share => (share.X, share.Y, Math.Round(share.Area, 12))));
    }

    [Fact]
    public void A_pixel_turned_by_45_degrees_has_an_eighth_of_its_area_beyond_each_side()
    {
        // A diamond around pixel (0, 0) with corners at distance 1: half of its area 2 is inside, an eighth beyond each side.
        var shares = Of((1, 0), (0, 1), (-1, 0), (0, -1), shift: 0).ToDictionary(share => (share.X, share.Y), share => share.Area);
        Assert.Equal(1, shares[(0, 0)], 1e-12);
        foreach (var side in ((int, int)[])[(1, 0), (-1, 0), (0, 1), (0, -1)]) Assert.Equal(0.25, shares[side], 1e-12);
        Assert.Equal(5, shares.Count);
    }

    [Fact]
    public void Areas_in_all_pixels_add_up_to_the_area_of_any_quadrilateral()
    {
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var (x, y) = (random.NextDouble() * 1e4 - 5e3, random.NextDouble() * 20);
            var (turn, size) = (random.NextDouble() * 7, 0.1 + 6 * random.NextDouble());
            (double, double) Corner(int n) => (x + size * Math.Cos(turn + n * Math.PI / 2), y + size * Math.Sin(turn + n * Math.PI / 2));
            var cells = new List<(int, int, double)>();
            Assert.Equal(2 * size * size, QuadShares.Add([Corner(0), Corner(1), Corner(2), Corner(3)], cells), 1e-9);
        }
    }

    private static List<(int X, int Y, double Area)> Of(
        (double X, double Y) a, (double X, double Y) b, (double X, double Y) c, (double X, double Y) d, double shift)
    {
        var cells = new List<(int, int, double)>();
        (double, double) Moved((double X, double Y) p) => (p.X + shift, p.Y + shift);
        QuadShares.Add([Moved(a), Moved(b), Moved(c), Moved(d)], cells);
        return cells;
    }
}
