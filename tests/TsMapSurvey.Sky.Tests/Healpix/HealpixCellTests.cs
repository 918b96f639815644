namespace TsMapSurvey.Sky.Tests.Healpix;

public sealed class HealpixCellTests
{
    private static readonly Gen<(int Order, double Fraction)> GenCell = Gen.Select(Gen.Int[0, 29], Gen.Double[0, 1]);

    [Fact]
    public void Cells_of_positions_agree_with_astropy_healpix()
    {
        foreach (var row in ReferenceTable.Load("healpix.json").GetProperty("cells").EnumerateArray())
        {
            var position = new SkyPosition(row[1].GetDouble(), row[2].GetDouble(), SkyFrame.Icrs);
            Assert.Equal(new HealpixCell(row[0].GetInt32(), row[3].GetInt64()), HealpixCell.Containing(position, row[0].GetInt32()));
        }
    }

    [Fact]
    public void Positions_in_cells_agree_with_astropy_healpix()
    {
        foreach (var row in ReferenceTable.Load("healpix.json").GetProperty("places").EnumerateArray())
        {
            var position = new HealpixCell(row[0].GetInt32(), row[1].GetInt64()).PositionAt(row[2].GetDouble(), row[3].GetDouble());
            var expected = new SkyPosition(row[4].GetDouble(), row[5].GetDouble(), SkyFrame.Icrs);
            Assert.True(position.SeparationDeg(expected) < 1e-11, $"{row}: {position}, expected {expected}");
        }
    }

    [Fact]
    public void A_position_inside_a_cell_belongs_to_it_and_to_all_cells_above() =>
        Gen.Select(GenCell, Gen.Double[0.01, 0.99], Gen.Double[0.01, 0.99]).ForSeeded((drawn, x, y) =>
        {
            var cell = Cell(drawn);
            var position = cell.PositionAt(x, y);
            // At the deepest orders a hundredth of a cell is less than the rounding of a longitude.
            if (cell.Order < 24) Assert.Equal(cell, HealpixCell.Containing(position, cell.Order));
            var (deepest, order) = (HealpixCell.Containing(position, HealpixCell.DeepestOrder), HealpixCell.DeepestOrder);
            for (; order > 0; deepest = deepest.Parent) Assert.Equal(HealpixCell.Containing(position, order--), deepest);
        });

    [Fact]
    public void The_children_divide_a_cell_at_its_centre() =>
        GenCell.ForSeeded(drawn =>
        {
            var cell = Cell((Math.Min(drawn.Item1, 28), drawn.Item2));
            for (var number = 0; number < 4; number++)
            {
                var child = cell.Child(number);
                Assert.Equal(cell, child.Parent);
                // Corners run round the cell, children along the rows.
                var corner = new[] { 0, 1, 3, 2 }[number];
                Assert.Equal(0, child.Corners()[corner].SeparationDeg(cell.Corners()[corner]), 1e-9);
                Assert.Equal(0, child.Corners()[(corner + 2) % 4].SeparationDeg(cell.Centre), 1e-9);
            }
        });

    [Fact]
    public void A_position_in_another_frame_has_the_same_cell() =>
        GenCell.ForSeeded(drawn =>
        {
            var cell = Cell((Math.Min(drawn.Item1, 24), drawn.Item2));
            Assert.Equal(cell, HealpixCell.Containing(cell.Centre.To(SkyFrame.Galactic), cell.Order));
        });

    [Fact]
    public void All_cells_of_an_order_have_the_same_area()
    {
        // Cells counted by positions drawn evenly on the sphere: a Fibonacci lattice has no clumps.
        const int points = 200_000;
        var counts = new int[HealpixCell.Count(2)];
        for (var i = 0; i < points; i++)
        {
            var latDeg = Math.Asin(1 - (2 * i + 1.0) / points) * 180 / Math.PI;
            var lonDeg = i * 137.50776405003785 % 360;
            counts[HealpixCell.Containing(new SkyPosition(lonDeg, latDeg, SkyFrame.Icrs), 2).Index]++;
        }
        Assert.All(counts, count => Assert.InRange(count, points / 192.0 * 0.98, points / 192.0 * 1.02));
    }

    [Theory]
    [InlineData(0, 90)]
    [InlineData(0, -90)]
    [InlineData(180, 90)]
    [InlineData(0, 0)]
    [InlineData(359.99999999999994, 0)]
    [InlineData(-1e-300, 41.810314895778596)]
    [InlineData(720, -41.810314895778596)]
    public void Poles_edges_and_whole_turns_have_a_cell(double lonDeg, double latDeg)
    {
        for (var order = 0; order <= HealpixCell.DeepestOrder; order++)
        {
            var cell = HealpixCell.Containing(new SkyPosition(lonDeg, latDeg, SkyFrame.Icrs), order);
            Assert.True(cell.Exists);
            Assert.True(cell.Centre.SeparationDeg(new SkyPosition(lonDeg, latDeg, SkyFrame.Icrs)) < 60.0 / (1 << order) + 1e-9);
        }
    }

    [Theory]
    [InlineData(double.NaN, 0, 3)]
    [InlineData(0, double.NaN, 3)]
    [InlineData(double.PositiveInfinity, 0, 3)]
    [InlineData(0, 90.0001, 3)]
    [InlineData(0, 0, -1)]
    [InlineData(0, 0, 30)]
    public void What_is_not_on_the_sphere_or_too_deep_has_none(double lonDeg, double latDeg, int order) =>
        Assert.Throws<SkyException>(() => HealpixCell.Containing(new SkyPosition(lonDeg, latDeg, SkyFrame.Icrs), order));

    [Fact]
    public void The_tree_ends_at_both_orders()
    {
        Assert.Throws<SkyException>(() => new HealpixCell(0, 3).Parent);
        Assert.Throws<SkyException>(() => new HealpixCell(29, 3).Child(0));
        Assert.False(new HealpixCell(0, 12).Exists);
        Assert.False(new HealpixCell(30, 0).Exists);
        Assert.False(new HealpixCell(3, -1).Exists);
    }

    private static HealpixCell Cell((int Order, double Fraction) drawn)
    {
        var count = HealpixCell.Count(drawn.Order);
        return new HealpixCell(drawn.Order, Math.Min(count - 1, (long)(drawn.Fraction * count)));
    }
}
