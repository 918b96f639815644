using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Tests.Coverage;

public sealed class ExposureCoverageTests
{
    private static readonly (SkyFrame Frame, Projection Projection, double LonDeg, double LatDeg, double StepDeg, int Pixels)[] Images =
    [
        (SkyFrame.Galactic, Projection.Car, 340, 0, 0.1, 60), (SkyFrame.Galactic, Projection.Car, 0, 0, 0.3, 60),
        (SkyFrame.Icrs, Projection.Tan, 83.6, 22, 0.05, 70), (SkyFrame.Icrs, Projection.Tan, 10, 89, 0.1, 60),
        (SkyFrame.Icrs, Projection.Tan, 45, -89.9, 0.2, 40), (SkyFrame.Icrs, Projection.Car, 0, 0, 2, 180),
        (SkyFrame.Galactic, Projection.Zea, 120, 41.8, 0.15, 50), (SkyFrame.Icrs, Projection.Ait, 0, 0, 3, 120),
    ];

    [Fact]
    public void A_cell_is_covered_if_its_centre_is_in_a_marked_pixel()
    {
        foreach (var image in Images)
        {
            var grid = Grid(image);
            foreach (var marked in Patterns(grid))
            {
                var order = ExposureCoverage.OrderFor(image.StepDeg);
                var moc = ExposureCoverage.OfImage(grid, marked, order);
                Assert.Equal(order, moc.Order);
                Samples(grid, order, cell => Assert.True(
                    moc.Contains(cell) == IsMarked(grid, marked, cell.Centre), $"{image}: cell {cell} at {cell.Centre}"));
            }
        }
    }

    [Fact]
    public void Nothing_is_covered_outside_the_image()
    {
        foreach (var image in Images)
        {
            var grid = Grid(image);
            var marked = new bool[grid.Region.Area];
            Array.Fill(marked, true);
            var order = Math.Min(9, ExposureCoverage.OrderFor(image.StepDeg));
            foreach (var cell in ExposureCoverage.OfImage(grid, marked, order).Cells().Where(cell => cell.Order == order))
                Assert.True(IsMarked(grid, marked, cell.Centre), $"{image}: cell {cell} at {cell.Centre}");
        }
    }

    [Fact]
    public void An_observations_coarse_coverage_contains_all_its_safe_pixels()
    {
        var observation = SampleData.Samples.Observation();
        var moc = ExposureCoverage.Containing(observation, 6);
        var fine = ExposureCoverage.OfImage(observation.Grid, Safe(observation), 11);

        Assert.False(fine.IsEmpty);
        Assert.True(fine.Except(moc).IsEmpty);
        Assert.True(moc.SkyFraction < 4 * fine.SkyFraction, $"{moc.AreaDeg2} deg2 for {fine.AreaDeg2} deg2");
        for (var i = 0; i < observation.Grid.Region.Area; i++)
            if (Safe(observation)[i])
                Assert.True(moc.Contains(observation.Grid.PixelCentre(i % observation.Grid.Width, i / observation.Grid.Width)!.Value));
    }

    [Fact]
    public void A_stacks_coverage_ends_at_the_pixels_that_the_tile_owns()
    {
        var tiling = new GridTiling(SampleData.Samples.SurveyGrid, 20);
        var observation = SampleData.Samples.Observation();
        var order = ExposureCoverage.OrderFor(tiling.PixelScaleDeg);
        var tiles = tiling.All().Select(tile =>
        {
            var stack = new DatasetStack(tiling.GridWithHalo(tile, 5), StackTemplate.Of(observation));
            if (tiling.Touching(observation.Grid, 5).Contains(tile)) stack.Add(observation);
            return ExposureCoverage.OfStack(stack.ToDataset("stack"), tiling.Owned(tile, 5), order);
        }).ToArray();

        for (var i = 0; i < tiles.Length; i++)
            for (var j = 0; j < i; j++) Assert.False(tiles[i].Overlaps(tiles[j]));
        Assert.Equal(ExposureCoverage.OfImage(observation.Grid, Safe(observation), order), Moc.UnionOf(tiles, order));
    }

    [Theory]
    [InlineData(58.7, 0)]
    [InlineData(0.1, 10)]
    [InlineData(0.04, 11)]
    [InlineData(0.02, 12)]
    [InlineData(1e-12, 29)]
    public void Cells_are_not_wider_than_a_pixel(double pixelDeg, int order) =>
        Assert.Equal(order, ExposureCoverage.OrderFor(pixelDeg));

    [Fact]
    public void Times_are_those_of_astropy()
    {
        // astropy: Time(51544, format='mjd', scale='tt').tcb and that of 59000.5, in microseconds; TDB - TT is up to 2 ms.
        Assert.Equal(211813444811_253_003, TimeScale.TcbMicroseconds(0), 2500.0);
        Assert.Equal(212457686421_243_132, TimeScale.TcbMicroseconds((59000.5 - 51544) * 86400), 2500.0);
    }

    private static SkyGrid Grid((SkyFrame Frame, Projection Projection, double LonDeg, double LatDeg, double StepDeg, int Pixels) image) =>
        new(Wcs.Create(image.Frame, image.Projection, new SkyPosition(image.LonDeg, image.LatDeg, image.Frame),
            image.Pixels / 2 + 0.5, image.Pixels / 4 + 0.5, -image.StepDeg, image.StepDeg), image.Pixels, image.Pixels / 2);

    /// <summary>A disc, scattered pixels, one pixel, all pixels.</summary>
    private static IEnumerable<bool[]> Patterns(SkyGrid grid)
    {
        var random = new Random(5);
        var disc = new bool[grid.Region.Area];
        for (var i = 0; i < disc.Length; i++)
            disc[i] = Math.Pow(i % grid.Width - grid.Width / 2.0, 2) + Math.Pow(i / grid.Width - grid.Height / 2.0, 2)
                < grid.Height * grid.Height / 5.0;
        yield return disc;
        yield return [.. disc.Select(_ => random.NextDouble() < 0.3)];
        var one = new bool[disc.Length];
        one[disc.Length / 3] = true;
        yield return one;
        yield return [.. disc.Select(_ => true)];
    }

    private static bool[] Safe(MapDataset observation)
    {
        var pixels = (int)observation.Grid.Region.Area;
        return [.. Enumerable.Range(0, pixels).Select(i =>
            Enumerable.Range(0, observation.Energy.BinCount).Any(k => observation.MaskSafe!.Data[k * pixels + i]))];
    }

    /// <summary>Cells in and around the image.</summary>
    private static void Samples(SkyGrid grid, int order, Action<HealpixCell> check)
    {
        var random = new Random(9);
        for (var i = 0; i < 3000; i++)
        {
            var (x, y) = ((int)(random.NextDouble() * 1.2 * grid.Width), (int)(random.NextDouble() * 1.2 * grid.Height));
            if (grid.PixelCentre(x - grid.Width / 10, y - grid.Height / 10) is { } near) check(HealpixCell.Containing(near, order));
        }
    }

    private static bool IsMarked(SkyGrid grid, bool[] marked, SkyPosition position) =>
        grid.TryPixelOf(position, out int x, out int y) && marked[y * grid.Width + x];
}
