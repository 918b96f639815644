using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Tests;

public sealed class DatasetDigestTests
{
    private const int Side = DatasetDigest.BlockPixels;

    /// <summary>Three by four blocks; those at the border are smaller.</summary>
    private static readonly PixelRegion Image = new(0, 0, 2 * Side + 5, 3 * Side + 1);

    public static TheoryData<string> Everything => ["counts", "background", "exposure", "safe", "fit"];

    [Theory]
    [MemberData(nameof(Everything))]
    public void A_changed_value_in_any_plane_is_found_in_its_block_only(string map)
    {
        var dataset = Sample();
        var before = DatasetDigest.Of(dataset);
        var random = new Random(4);
        for (var plane = 0; plane < (map == "exposure" ? dataset.Exposure!.Geometry.PlaneCount : dataset.Energy.BinCount); plane++)
            foreach (var (x, y) in new[] { (0, 0), (Image.Width - 1, 0), (0, Image.Height - 1), (Image.Width - 1, Image.Height - 1),
                (Side - 1, Side), (random.Next(Image.Width), random.Next(Image.Height)) })
            {
                var changed = Changed(dataset, map, plane, x, y);
                Assert.Equal(BlockOf(x, y), DatasetDigest.Of(changed).DifferenceFrom(before));
                Assert.Equal(BlockOf(x, y), before.DifferenceFrom(DatasetDigest.Of(changed)));
            }
    }

    [Fact]
    public void Equal_values_in_other_arrays_and_reverted_changes_give_the_same_digest()
    {
        var before = DatasetDigest.Of(Sample());
        Assert.True(DatasetDigest.Of(Sample() with { Name = "other", Psf = null, Gti = null }).DifferenceFrom(before).IsEmpty);
        var twice = Changed(Changed(Sample(), "fit", 1, 20, 20), "fit", 1, 20, 20);
        Assert.True(DatasetDigest.Of(twice).DifferenceFrom(before).IsEmpty);
    }

    [Fact]
    public void The_smallest_change_of_a_number_changes_the_digest()
    {
        var dataset = Sample();
        var background = Copy(dataset.Background!);
        background.Data[0] = Math.BitIncrement(background.Data[0]);
        Assert.Equal(BlockOf(0, 0), DatasetDigest.Of(dataset with { Background = background }).DifferenceFrom(DatasetDigest.Of(dataset)));
    }

    [Fact]
    public void Exchanged_values_are_found()
    {
        var dataset = Sample();
        var swapped = dataset with { Counts = dataset.Background, Background = dataset.Counts };
        Assert.Equal(Image, DatasetDigest.Of(swapped).DifferenceFrom(DatasetDigest.Of(dataset)));
        var counts = Copy(dataset.Counts!);
        (counts.Data[0], counts.Data[1]) = (7, 8);
        var before = DatasetDigest.Of(dataset with { Counts = counts });
        counts = Copy(counts);
        (counts.Data[0], counts.Data[1]) = (8, 7);
        Assert.Equal(BlockOf(0, 0), DatasetDigest.Of(dataset with { Counts = counts }).DifferenceFrom(before));
    }

    [Fact]
    public void Several_changes_are_in_the_rectangle_around_their_blocks()
    {
        var dataset = Sample();
        var changed = Changed(Changed(dataset, "counts", 0, 3, Side + 2), "exposure", 2, Side + 1, 2 * Side + 9);
        Assert.Equal(new PixelRegion(0, Side, 2 * Side, 2 * Side), DatasetDigest.Of(changed).DifferenceFrom(DatasetDigest.Of(dataset)));
    }

    [Fact]
    public void A_mask_that_comes_or_goes_and_another_size_are_changes_everywhere()
    {
        var dataset = Sample();
        var without = DatasetDigest.Of(dataset with { MaskFit = null });
        Assert.Equal(Image, DatasetDigest.Of(dataset).DifferenceFrom(without));
        // The same values as a fit mask instead of a safe mask.
        Assert.Equal(Image, DatasetDigest.Of(dataset with { MaskSafe = null, MaskFit = dataset.MaskSafe }).DifferenceFrom(without));
        var wider = Samples.Observation(region: Image with { Width = Image.Width + 1 });
        Assert.Equal(wider.Grid.Region, DatasetDigest.Of(wider).DifferenceFrom(without));
    }

    private static MapDataset Sample()
    {
        var dataset = Samples.Observation(region: Image);
        return dataset with { MaskFit = new Map<bool>(dataset.Geometry) };
    }

    private static PixelRegion BlockOf(int x, int y) => new PixelRegion(x / Side * Side, y / Side * Side, Side, Side).Intersect(Image);

    private static MapDataset Changed(MapDataset dataset, string map, int plane, int x, int y) => map switch
    {
        "counts" => dataset with { Counts = More(dataset.Counts!, plane, x, y) },
        "background" => dataset with { Background = More(dataset.Background!, plane, x, y) },
        "exposure" => dataset with { Exposure = More(dataset.Exposure!, plane, x, y) },
        "safe" => dataset with { MaskSafe = Inverted(dataset.MaskSafe!, plane, x, y) },
        _ => dataset with { MaskFit = Inverted(dataset.MaskFit!, plane, x, y) },
    };

    private static Map<double> More(Map<double> map, int plane, int x, int y)
    {
        var changed = Copy(map);
        changed.Plane(plane)[y * Image.Width + x] += 1;
        return changed;
    }

    private static Map<bool> Inverted(Map<bool> map, int plane, int x, int y)
    {
        var changed = Copy(map);
        changed.Plane(plane)[y * Image.Width + x] ^= true;
        return changed;
    }

    private static Map<T> Copy<T>(Map<T> map)
        where T : unmanaged => map with { Data = [.. map.Data] };
}
