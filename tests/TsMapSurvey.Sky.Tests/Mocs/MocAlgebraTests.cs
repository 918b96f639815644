namespace TsMapSurvey.Sky.Tests.Mocs;

public sealed class MocAlgebraTests
{
    private static readonly Gen<(HealpixCell[], HealpixCell[])> Pairs = Gen.Select(NaiveMoc.GenCells, NaiveMoc.GenCells);

    [Fact]
    public void Sets_of_cells_combine_like_flags() => Pairs.ForSeeded((a, b) =>
    {
        var (one, other, flags, otherFlags) = (Moc.OfCells(a), Moc.OfCells(b), NaiveMoc.Of(a), NaiveMoc.Of(b));

        Assert.Equal(flags.Flags, NaiveMoc.Of(one).Flags);
        Assert.Equal(flags.With(otherFlags, (x, y) => x || y).Flags, NaiveMoc.Of(one.Union(other)).Flags);
        Assert.Equal(flags.With(otherFlags, (x, y) => x && y).Flags, NaiveMoc.Of(one.Intersect(other)).Flags);
        Assert.Equal(flags.With(otherFlags, (x, y) => x && !y).Flags, NaiveMoc.Of(one.Except(other)).Flags);
        Assert.Equal(flags.With(flags, (x, _) => !x).Flags, NaiveMoc.Of(one.Complement()).Flags);
        Assert.Equal(flags.With(otherFlags, (x, y) => x && y).Flags.Contains(true), one.Overlaps(other));
        Assert.Equal((double)flags.Flags.Count(flag => flag) / flags.Flags.Length, one.SkyFraction, 1e-12);
        for (var order = 0; order < NaiveMoc.MaxOrder; order++)
            if (one.Order > order) Assert.Equal(flags.Degraded(order).Flags, NaiveMoc.Of(one.Degrade(order)).Flags);
    }, 2000);

    [Fact]
    public void Ranges_stay_sorted_and_apart() => Pairs.ForSeeded((a, b) =>
    {
        foreach (var moc in new[]
        {
            Moc.OfCells(a).Union(Moc.OfCells(b)), Moc.OfCells(a).Except(Moc.OfCells(b)), Moc.OfCells(a).Intersect(Moc.OfCells(b)),
        })
        {
            Assert.All(moc.Ranges, range => Assert.True(range.First < range.End));
            Assert.All(moc.Ranges.Zip(moc.Ranges.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.First));
        }
    }, 500);

    [Fact]
    public void The_union_of_many_is_that_of_all_cells() => NaiveMoc.GenCells.ForSeeded(cells =>
        Assert.Equal(Moc.OfCells(cells), Moc.UnionOf(cells.Select(cell => Moc.OfCells([cell])))));

    [Fact]
    public void Cells_are_the_largest_that_fit_and_give_the_region_again() => NaiveMoc.GenCells.ForSeeded(cells =>
    {
        var moc = Moc.OfCells(cells);
        var own = moc.Cells().ToArray();

        Assert.Equal(moc, Moc.OfCells(own, moc.Order));
        Assert.Equal(own.Order(Comparer<HealpixCell>.Create((x, y) => (x.Order, x.Index).CompareTo((y.Order, y.Index)))), own);
        Assert.All(own, cell => Assert.True(cell.Order == 0 || !moc.Contains(cell.Parent)));
    });

    [Fact]
    public void A_position_is_in_the_region_if_its_cell_is() =>
        Gen.Select(NaiveMoc.GenCells, Generate.Position).ForSeeded((cells, position) =>
        {
            var index = HealpixCell.Containing(position, NaiveMoc.MaxOrder).Index;

            Assert.Equal(NaiveMoc.Of(cells).Flags[index], Moc.OfCells(cells).Contains(position));
        });

    [Fact]
    public void Cells_of_the_finest_order_keep_their_numbers()
    {
        var last = new HealpixCell(29, HealpixCell.Count(29) - 1);
        var moc = Moc.OfCells([last, new HealpixCell(29, 0)]);

        Assert.Equal(29, moc.Order);
        Assert.Equal([new HealpixCell(29, 0), last], moc.Cells());
        Assert.Equal(2.0 / HealpixCell.Count(29), moc.SkyFraction);
        Assert.Equal(Moc.WholeSky(29), moc.Union(moc.Complement()));
    }

    [Fact]
    public void Around_a_position_contains_all_that_is_near_and_nothing_far_away() =>
        Gen.Select(Generate.Position, Generate.Position, Gen.Double[0.1, 60]).ForSeeded((centre, position, radiusDeg) =>
        {
            var moc = Moc.Around(centre, radiusDeg, 5);
            var separation = centre.SeparationDeg(position);

            if (separation < radiusDeg) Assert.True(moc.Contains(position));
            if (separation > radiusDeg + 2 * Moc.CellRadiusDeg(5)) Assert.False(moc.Contains(position));
        });

    [Fact]
    public void No_corner_is_farther_from_a_cells_centre_than_the_bound()
    {
        for (var order = 0; order <= 6; order++)
            for (var index = 0; index < HealpixCell.Count(order); index++)
            {
                var cell = new HealpixCell(order, index);
                Assert.All(cell.Corners(), corner => Assert.True(corner.SeparationDeg(cell.Centre) < Moc.CellRadiusDeg(order)));
            }
    }

    [Fact]
    public void Coarser_regions_contain_the_region_and_have_few_ranges() => NaiveMoc.GenCells.ForSeeded(cells =>
    {
        var moc = Moc.OfCells(cells);
        var few = moc.Within(3);

        Assert.True(few.Ranges.Count <= 3 || few.Order == 0);
        Assert.True(moc.Except(few).IsEmpty);
    });

    [Theory]
    [InlineData(30, 0)]
    [InlineData(-1, 0)]
    [InlineData(2, 192)]
    [InlineData(2, -1)]
    public void A_cell_that_does_not_exist_is_refused(int order, long index) =>
        Assert.Contains("expected", Assert.Throws<SkyException>(() => Moc.OfCells([new HealpixCell(order, index)])).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, 5)]
    [InlineData(6, 5)]
    [InlineData(0, long.MaxValue)]
    public void A_range_that_does_not_exist_is_refused(long first, long end) =>
        Assert.Contains("expected a range", Assert.Throws<SkyException>(() => Moc.OfRanges([new CellRange(first, end)])).Message,
            StringComparison.Ordinal);
}
