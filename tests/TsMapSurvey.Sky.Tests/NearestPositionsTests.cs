namespace TsMapSurvey.Sky.Tests;

public sealed class NearestPositionsTests
{
    [Fact]
    public void The_nearest_position_has_the_smallest_separation_everywhere_on_the_sphere()
    {
        var random = new Random(11);
        SkyPosition Next() => new(random.NextDouble() * 360, double.RadiansToDegrees(Math.Asin(2 * random.NextDouble() - 1)),
            random.Next(2) == 0 ? SkyFrame.Icrs : SkyFrame.Galactic);
        var (tree, all) = (new NearestPositions(), new List<SkyPosition>());
        Assert.Equal(double.NaN, tree.SeparationDeg(Next()));
        for (var i = 0; i < 500; i++)
        {
            var added = i % 50 == 0 && i > 0 ? all[i / 2] : Next();
            all.Add(added);
            tree.Add(added);
            var asked = Next();
            Assert.Equal(all.Min(one => one.SeparationDeg(asked)), tree.SeparationDeg(asked), 1e-9);
        }
    }

    [Fact]
    public void Positions_along_a_line_are_found_too()
    {
        var tree = new NearestPositions();
        for (var i = 0; i < 2000; i++) tree.Add(new SkyPosition(i * 0.1, 0, SkyFrame.Icrs));
        Assert.Equal(0.05, tree.SeparationDeg(new SkyPosition(123.45, 0, SkyFrame.Icrs)), 1e-9);
    }
}
