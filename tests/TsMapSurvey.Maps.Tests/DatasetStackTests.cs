using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Tests;

public sealed class DatasetStackTests
{
    private static readonly MapDataset[] Observations =
    [
        Samples.Observation(1), Samples.Observation(2, new PixelRegion(20, 10, 40, 30)),
        Samples.Observation(3, new PixelRegion(50, 25, 40, 30)), Samples.Observation(4, new PixelRegion(0, 0, 40, 30)),
    ];

    [Fact]
    public void Counts_are_summed_inside_the_safe_masks_pixel_by_pixel()
    {
        var stacked = Stack(Samples.SurveyGrid, Observations).ToDataset("s");
        for (var k = 0; k < 3; k++)
            for (var y = 0; y < 60; y++)
                for (var x = 0; x < 100; x++)
                {
                    var (counts, background, covered) = (0.0, 0.0, false);
                    foreach (var observation in Observations)
                    {
                        observation.Grid.IsAlignedWith(Samples.SurveyGrid, out var dx, out var dy);
                        if (!observation.Grid.Region.Contains(x - dx, y - dy) || !observation.MaskSafe![k, y - dy, x - dx]) continue;
                        counts += observation.Counts![k, y - dy, x - dx];
                        background += observation.Background![k, y - dy, x - dx];
                        covered = true;
                    }

                    Assert.Equal((counts, covered), (stacked.Counts![k, y, x], stacked.MaskSafe![k, y, x]));
                    Assert.Equal(background, stacked.Background![k, y, x], 1e-12);
                }
    }

    [Fact]
    public void An_image_on_a_tangent_plane_of_its_own_has_responses_on_that_plane()
    {
        var template = Observations[0];
        var wcs = Wcs.Create(SkyFrame.Icrs, Projection.Tan, new SkyPosition(200, -84, SkyFrame.Icrs), 20.5, 30.5, -0.2, 0.2);
        var image = new SkyGrid(wcs, 41, 60);
        var psf = StackGeometry.Covering(image, template).Psf!;
        var responses = psf.Grid!;
        Assert.InRange(responses.PixelScaleDeg, 0.1, template.Psf!.Density.Geometry.Grid!.PixelScaleDeg + 0.1);
        Assert.Equal(template.Psf.Density.Geometry.PlaneCount, psf.PlaneCount);
        foreach (var (x, y) in new[] { (0, 0), (40, 0), (0, 59), (40, 59), (20, 30) })
        {
            Assert.True(responses.TryPixelOf(image.PixelCentre(x, y)!.Value, out double column, out double row));
            Assert.InRange(column, 0.4, responses.Width - 1.4);
            Assert.InRange(row, 0.4, responses.Height - 1.4);
        }

        // Two images cut from one plane share it with their responses, as before.
        var own = template with
        {
            Psf = template.Psf with { Density = new Map<double>(new MapGeometry(responses, [.. psf.Axes])) },
        };
        var part = StackGeometry.Covering(image.Cutout(5, 5, 20, 20), own).Psf!.Grid!;
        Assert.True(part.IsAlignedWith(responses, out _, out _));
    }

    [Fact]
    public void The_order_of_observations_does_not_matter_beyond_rounding()
    {
        var forward = Stack(Samples.SurveyGrid, Observations).ToDataset("s");
        var backward = Stack(Samples.SurveyGrid, [.. Observations.Reverse()]).ToDataset("s");
        Assert.Equal(forward.Counts!.Data, backward.Counts!.Data);
        Close(forward.Exposure!.Data, backward.Exposure!.Data);
        Close(forward.Psf!.Density.Data, backward.Psf!.Density.Data);
        Close(forward.Edisp!.Data.Data, backward.Edisp!.Data.Data);
        Assert.Equal(forward.Gti!.Intervals, backward.Gti!.Intervals);
        Assert.Equal(2400, forward.Gti.TotalS);
    }

    [Fact]
    public void Stacks_of_parts_add_up_to_the_stack_of_all_of_them()
    {
        var sum = Stack(Samples.SurveyGrid, Observations[..1]);
        sum.Add(Stack(Samples.SurveyGrid, Observations[1..3]));
        sum.Add(Stack(Samples.SurveyGrid, []));
        sum.Add(Stack(Samples.SurveyGrid, Observations[3..]));
        var difference = sum.DifferenceFrom(Stack(Samples.SurveyGrid, Observations));
        Assert.Equal((0, 0, 0), (difference.Observations, difference.Counts, difference.Coverage));
        Assert.InRange(difference.LargestRelative, 0, 1e-13);
        var other = new DatasetStack(Samples.SurveyGrid.Cutout(new PixelRegion(0, 0, 10, 10)), StackTemplate.Of(Observations[0]));
        Assert.Throws<MapException>(() => sum.Add(other));
        Assert.Equal(0, sum.DifferenceFrom(Stack(Samples.SurveyGrid, Observations)).Observations);
    }

    [Fact]
    public void Tiles_have_the_values_of_the_whole_image()
    {
        var whole = Stack(Samples.SurveyGrid, Observations).ToDataset("s");
        var tile = new PixelRegion(35, 10, 30, 25);
        var part = Stack(Samples.SurveyGrid.Cutout(tile), Observations).ToDataset("t");
        for (var k = 0; k < 3; k++)
            for (var y = 0; y < tile.Height; y++)
                for (var x = 0; x < tile.Width; x++)
                    Assert.Equal(whole.Counts![k, y + tile.Y, x + tile.X], part.Counts![k, y, x]);
    }

    [Fact]
    public void Stacks_of_a_tile_have_the_mean_irfs_of_the_whole()
    {
        var (whole, tile) = (Stack(Samples.SurveyGrid, Observations), new PixelRegion(35, 10, 30, 25));
        var part = Stack(Samples.SurveyGrid.Cutout(tile), Observations);
        var (from, to) = (part.ToDataset("t").Psf!, whole.ToDataset("w").Psf!);
        Assert.True(from.Density.Geometry.Grid!.IsAlignedWith(to.Density.Geometry.Grid!, out var dx, out var dy));
        var shared = from.Density.Geometry.Grid.Region.Shift(dx, dy).Intersect(to.Density.Geometry.Grid!.Region);
        Assert.True(shared.Area >= 9);
        for (var plane = 0; plane < from.Density.Geometry.PlaneCount; plane++)
            for (var y = shared.Y; y < shared.Bottom; y++)
                for (var x = shared.X; x < shared.Right; x++)
                    Assert.Equal(to.Density[plane, y, x], from.Density[plane, y - dy, x - dx]);
    }

    [Fact]
    public void A_checkpoint_restores_every_bit_and_later_sums_have_the_same_bits()
    {
        var template = StackTemplate.Of(Observations[0]);
        var straight = Stack(Samples.SurveyGrid, Observations);
        var half = Stack(Samples.SurveyGrid, Observations[..2]);
        using var checkpoint = new MemoryStream();
        half.Write(checkpoint);
        checkpoint.Position = 0;
        var resumed = DatasetStack.Read(checkpoint, "checkpoint", Samples.SurveyGrid, template);
        foreach (var observation in Observations[2..]) resumed.Add(observation);
        using MemoryStream expected = new(), found = new();
        straight.Write(expected);
        resumed.Write(found);
        Assert.Equal(expected.ToArray(), found.ToArray());
    }

    [Fact]
    public void A_damaged_or_foreign_checkpoint_is_refused()
    {
        using var checkpoint = new MemoryStream();
        Stack(Samples.SurveyGrid, Observations).Write(checkpoint);
        var bytes = checkpoint.ToArray();
        var template = StackTemplate.Of(Observations[0]);
        Assert.Throws<Fits.FitsException>(
            () => DatasetStack.Read(new MemoryStream(bytes[..(bytes.Length / 2)]), "half", Samples.SurveyGrid, template));
        Assert.Throws<MapException>(
            () => DatasetStack.Read(new MemoryStream(bytes), "other", Samples.SurveyGrid.Cutout(0, 0, 10, 10), template));
    }

    [Fact]
    public void A_checkpoint_of_a_later_version_is_refused()
    {
        using var checkpoint = new MemoryStream();
        Stack(Samples.SurveyGrid, Observations).Write(checkpoint);
        var bytes = checkpoint.ToArray();
        var text = System.Text.Encoding.Latin1.GetString(bytes);
        // An integer ends at column 30 of its card. Decreasing a letter at a distance of a multiple of four bytes keeps the sum of all
        // 32-bit words, so the checksum stays valid.
        var digit = text.IndexOf("TSMAPCKP=", StringComparison.Ordinal) + 29;
        var letter = Enumerable.Range(0, 2880).First(i => i % 4 == digit % 4 && text[i] is > 'a' and <= 'z');
        bytes[digit]++;
        bytes[letter]--;
        var refused = Assert.Throws<MapException>(
            () => DatasetStack.Read(new MemoryStream(bytes), "later.ckpt", Samples.SurveyGrid, Observations[0]));
        Assert.StartsWith("later.ckpt: found TSMAPCKP ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_observation_that_does_not_fit_is_refused_and_changes_nothing()
    {
        var stack = Stack(Samples.SurveyGrid, Observations[..1]);
        using MemoryStream before = new(), after = new();
        stack.Write(before);
        var good = Observations[1];
        var shifted = good with { Counts = new Map<double>(good.Counts!.Geometry.WithGrid(Shift(good.Grid, 0.03)), good.Counts.Data) };
        Assert.Equal(MapError.NotAligned, Assert.Throws<MapException>(() => stack.Add(shifted)).Error);
        var otherAxis =
            good with { Counts = new Map<double>(good.Counts.Geometry.With(MapAxis.EnergyBins("energy", 1, 11, 3)), good.Counts.Data) };
        Assert.Equal(MapError.DifferentAxes, Assert.Throws<MapException>(() => stack.Add(otherAxis)).Error);
        Assert.Equal(MapError.MissingMap, Assert.Throws<MapException>(() => stack.Add(good with { Psf = null })).Error);
        Assert.Equal(MapError.MissingMap,
            Assert.Throws<MapException>(() => stack.Add(good with { Edisp = good.Edisp! with { Exposure = null } })).Error);
        stack.Write(after);
        Assert.Equal(before.ToArray(), after.ToArray());
    }

    [Fact]
    public void A_stack_without_irfs_takes_observations_that_have_them()
    {
        var stack = new DatasetStack(Samples.SurveyGrid, StackTemplate.Of(Observations[0]) with { Psf = null, Edisp = null });
        foreach (var observation in Observations) stack.Add(observation);
        var (bare, full) = (stack.ToDataset("s"), Stack(Samples.SurveyGrid, Observations).ToDataset("s"));
        Assert.Equal((null, null), (bare.Psf, bare.Edisp));
        Assert.Equal(full.Counts!.Data, bare.Counts!.Data);
    }

    [Fact]
    public void Irfs_on_another_grid_are_interpolated_onto_the_stacks()
    {
        var template = StackTemplate.Of(Observations[0]);
        var finer = new SkyGrid(
            Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0.3, 0.2, SkyFrame.Galactic), 13.25, 9.25, -0.5, 0.5), 25, 17);
        var observation = Observations[0] with
        {
            Psf = new Irf.PsfMap(Samples.Psf(finer), new Map<double>(
                new MapGeometry(finer, Samples.Rad.Squash(), Samples.EnergyTrue), Enumerable.Repeat(2e9, 25 * 17 * 5).ToArray(), "m2 s")),
        };
        var stack = new DatasetStack(Samples.SurveyGrid.Cutout(40, 20, 20, 20), template);
        stack.Add(observation);
        var psf = stack.ToDataset("s").Psf!;
        var (x, y) = psf.Density.Geometry.NearestPixel(observation.Grid.Centre);
        for (var plane = 0; plane < psf.Density.Geometry.PlaneCount; plane++)
            Assert.Equal(Samples.Psf(null).Data[plane], psf.Density[plane, y, x], 1e-6 * Samples.Psf(null).Data[plane / 40 * 40]);
    }

    [Fact]
    public void An_observation_across_the_360_degree_wrap_is_added_at_both_ends()
    {
        var turn = new SkyGrid(
            Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 180.5, 10.5, -1, 1), 360, 20);
        var seam = turn.Cutout(-10, 0, 20, 20);
        var observation = Samples.Observation(masked: false);
        var cube = new MapGeometry(seam, Samples.Energy);
        var moved = observation with
        {
            Counts = new Map<double>(cube, Enumerable.Range(0, cube.Count).Select(i => (double)(i % 7)).ToArray()),
            Background = new Map<double>(cube, Enumerable.Repeat(1.0, cube.Count).ToArray()),
            Exposure = new Map<double>(new MapGeometry(seam, Samples.EnergyTrue), "m2 s"),
            MaskSafe = null,
            Psf = null,
            Edisp = null,
        };
        var stack = new DatasetStack(new StackGeometry(turn, Samples.Energy, Samples.EnergyTrue, null, null));
        stack.Add(moved);
        var counts = stack.ToDataset("s").Counts!;
        Assert.Equal(moved.Counts!.Data.Sum(), counts.Data.Sum());
        Assert.Equal(moved.Counts[1, 3, 0], counts[1, 3, 350]);
        Assert.Equal(moved.Counts[1, 3, 15], counts[1, 3, 5]);
    }

    private static DatasetStack Stack(SkyGrid image, MapDataset[] observations)
    {
        var stack = new DatasetStack(image, StackTemplate.Of(Observations[0]));
        foreach (var observation in observations) stack.Add(observation);
        return stack;
    }

    private static SkyGrid Shift(SkyGrid grid, double pixels) => new(
        Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), grid.Wcs.Crpix1
            + pixels, grid.Wcs.Crpix2, -0.1, 0.1), grid.Width, grid.Height);

    private static void Close(double[] expected, double[] found)
    {
        var scale = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-12 * scale);
    }
}
