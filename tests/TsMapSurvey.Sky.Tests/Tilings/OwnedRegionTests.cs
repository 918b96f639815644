namespace TsMapSurvey.Sky.Tests;

public sealed class OwnedRegionTests
{
    private static readonly Gen<(PixelRegion Box, bool[] Mask)> Any =
        from size in Gen.Select(Gen.Int[1, 9], Gen.Int[1, 7])
        from corner in Gen.Select(Gen.Int[-5, 5], Gen.Int[-5, 5])
        from mask in Gen.Bool.Array[size.Item1 * size.Item2]
        select (new PixelRegion(corner.Item1, corner.Item2, size.Item1, size.Item2), mask);

    [Fact]
    public void Runs_are_the_owned_pixels_each_once_in_their_order() =>
        Any.ForSeeded(one =>
        {
            var region = new OwnedRegion(one.Box, one.Mask);
            var expected = one.Mask.Index().Where(pixel => pixel.Item)
                .Select(pixel => (one.Box.X + pixel.Index % one.Box.Width, one.Box.Y + pixel.Index / one.Box.Width)).ToArray();
            Assert.Equal(expected, region.Runs().SelectMany(run => Enumerable.Range(run.X, run.Width).Select(x => (x, run.Y))));
            Assert.All(expected, pixel => Assert.True(region.Contains(pixel.Item1, pixel.Item2)));
            Assert.Equal(expected.Length, Pixels(one.Box.Grow(2)).Count(pixel => region.Contains(pixel.X, pixel.Y)));
        });

    [Fact]
    public void Pixels_that_a_tile_does_not_own_become_nan_in_every_image() =>
        Any.ForSeeded(one =>
        {
            double[] images = [.. one.Mask.Concat(one.Mask).Select((_, i) => (double)i)];
            new OwnedRegion(one.Box, one.Mask).Blank(images);
            Assert.Equal(one.Mask.Concat(one.Mask).Select((owned, i) => owned ? i : double.NaN), images);
            new OwnedRegion(one.Box, one.Mask).Blank(images, -1);
            Assert.Equal(one.Mask.Concat(one.Mask).Select((owned, i) => owned ? i : -1.0), images);
        });

    [Fact]
    public void A_rectangle_owns_all_of_its_box()
    {
        var region = new OwnedRegion(new PixelRegion(2, 3, 4, 2));
        Assert.True(region.IsRectangle);
        Assert.Equal([new PixelRegion(2, 3, 4, 1), new PixelRegion(2, 4, 4, 1)], region.Runs());
        Assert.True(region.Contains(5, 4) && !region.Contains(6, 4) && !region.Contains(5, 5));
        double[] image = [1, 2, 3, 4, 5, 6, 7, 8];
        region.Blank(image);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], image);
    }

    private static IEnumerable<(int X, int Y)> Pixels(PixelRegion region) =>
        from y in Enumerable.Range(region.Y, region.Height) from x in Enumerable.Range(region.X, region.Width) select (x, y);
}
