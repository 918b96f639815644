using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips.Tests;

public sealed class TileReductionTests
{
    private const float NaN = float.NaN;

    [Theory]
    [InlineData(HipsReduction.Mean, 2.5f, 3f, NaN, -1.5f)]
    [InlineData(HipsReduction.Sum, 10f, 6f, NaN, -6f)]
    [InlineData(HipsReduction.Max, 4f, 4f, NaN, 1f)]
    public void Four_pixels_become_one_without_those_that_have_no_value(
        HipsReduction reduction, float all, float some, float none, float signed)
    {
        float[] image =
        [
            1, 2, NaN, 2,
            3, 4, NaN, 4,
            NaN, NaN, -5, 1,
            NaN, NaN, -2, 0,
        ];

        Assert.Equal([all, some, none, signed], TileReduction.Halve(image, 4, reduction));
    }

    [Fact]
    public void The_children_are_where_their_cells_are_in_the_parent()
    {
        var parent = new HealpixCell(4, 777);
        var pixels = TilePixels.Blank();
        for (var number = 0; number < 4; number++)
        {
            var child = new float[TilePixels.Count];
            // Each pixel holds the number of its cell in the parent.
            for (long pixel = 0; pixel < TilePixels.Count; pixel++)
            {
                var (x, y) = ZOrder.Split(pixel);
                child[TilePixels.Offset((int)x, (int)y)] = (number << 16) + (pixel >> 2);
            }

            TileReduction.Place(pixels, number, TileReduction.Halve(child, TilePixels.Width, HipsReduction.Max));
            Assert.Equal(parent, parent.Child(number).Parent);
        }

        for (var pixel = 0; pixel < TilePixels.Count; pixel++)
        {
            var (x, y) = ZOrder.Split(pixel);
            Assert.Equal(pixel, pixels[TilePixels.Offset((int)x, (int)y)]);
        }
    }
}
