namespace TsMapSurvey.Sky.Tests;

public sealed class PixelRegionTests
{
    private static readonly Gen<PixelRegion> Any = Gen.Select(Gen.Int[-8, 8], Gen.Int[-8, 8], Gen.Int[0, 9], Gen.Int[0, 9])
        .Select((x, y, width, height) => new PixelRegion(x, y, width, height));

    [Fact]
    public void Rectangles_behave_as_sets_of_pixels() =>
        Gen.Select(Any, Any).ForSeeded((a, b) =>
        {
            HashSet<(int, int)> first = Pixels(a), second = Pixels(b), both = Pixels(a.Intersect(b));
            Assert.Equal(first.Count, a.Area);
            Assert.Equal(first.Count == 0, a.IsEmpty);
            Assert.Equal(first.IsSupersetOf(second), a.Contains(b));
            Assert.True(Pixels(a.Union(b)).IsSupersetOf(first.Union(second)));
            first.IntersectWith(second);
            Assert.True(both.SetEquals(first));
        });

    [Fact]
    public void Growing_adds_the_margin_on_all_sides_and_shrinking_takes_it_back()
    {
        var region = new PixelRegion(3, -2, 5, 4);
        Assert.Equal(new PixelRegion(1, -4, 9, 8), region.Grow(2));
        Assert.Equal(region, region.Grow(2).Grow(-2));
        Assert.True(region.Grow(-2).IsEmpty);
        Assert.Equal(new PixelRegion(13, 5, 5, 4), region.Shift(10, 7));
    }

    private static HashSet<(int X, int Y)> Pixels(PixelRegion region)
    {
        var pixels = new HashSet<(int, int)>();
        for (var y = -40; y < 40; y++)
            for (var x = -40; x < 40; x++)
                if (region.Contains(x, y)) pixels.Add((x, y));
        return pixels;
    }
}
