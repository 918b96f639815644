using System.Text.Json;

namespace TsMapSurvey.Sky.Tests.Healpix;

public sealed class HealpixNeighbourTests
{
    private static readonly JsonElement Table = ReferenceTable.Load("healpix.json");

    [Fact]
    public void Ring_indices_agree_with_astropy_healpix()
    {
        foreach (var row in Table.GetProperty("rings").EnumerateArray())
        {
            var (cell, ring) = (new HealpixCell(row[0].GetInt32(), row[1].GetInt64()), row[2].GetInt64());
            Assert.Equal((cell, ring), (cell, RingNumbering.Of(cell)));
            Assert.Equal(cell, RingNumbering.ToCell(cell.Order, ring));
        }
    }

    [Fact]
    public void Both_numberings_of_an_order_have_the_same_cells_and_rings_go_from_pole_to_pole()
    {
        for (var order = 0; order <= 5; order++)
        {
            var cells = Enumerable.Range(0, (int)HealpixCell.Count(order)).Select(ring => RingNumbering.ToCell(order, ring)).ToArray();
            Assert.Equal(cells.Length, cells.Distinct().Count());
            Assert.Equal(Enumerable.Range(0, cells.Length).Select(ring => (long)ring), cells.Select(RingNumbering.Of));
            foreach (var (one, next) in cells.Zip(cells.Skip(1)))
            {
                var (before, after) = (one.Centre, next.Centre);
                Assert.True(before.LatDeg > after.LatDeg + 1e-9
                    || (Math.Abs(before.LatDeg - after.LatDeg) < 1e-9 && before.LonDeg < after.LonDeg), $"{one} {next}");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(28)]
    [InlineData(29)]
    public void The_first_and_last_rings_of_the_deepest_orders_are_exact(int order)
    {
        var (count, side) = (HealpixCell.Count(order), 1L << order);
        var cap = 2 * side * (side - 1);
        long[] indices = [0, 1, 3, count - 1, count - 4, cap - 1, cap, cap + 1, count - cap - 1, count - cap, count / 2, count / 3];
        foreach (var ring in indices.Where(ring => ring >= 0 && ring < count))
            Assert.Equal(ring, RingNumbering.Of(RingNumbering.ToCell(order, ring)));
    }

    [Fact]
    public void Neighbours_agree_with_astropy_healpix()
    {
        var seven = 0;
        foreach (var row in Table.GetProperty("neighbours").EnumerateArray())
        {
            var cell = new HealpixCell(row[0].GetInt32(), row[1].GetInt64());
            var expected = row[2].EnumerateArray().Select(index => index.GetInt64()).ToArray();
            Assert.Equal(expected, cell.Neighbours().Select(other => other.Index).Order());
            if (expected.Length == 7) seven++;
        }

        Assert.True(seven > 40, $"{seven} cells with seven neighbours");
    }

    [Fact]
    public void Neighbours_are_mutual_and_share_a_side_or_a_corner()
    {
        for (var order = 0; order <= 3; order++)
            for (var index = 0; index < HealpixCell.Count(order); index++)
            {
                var cell = new HealpixCell(order, index);
                Assert.All(cell.Neighbours(), other => Assert.Contains(cell, other.Neighbours()));
                foreach (var (side, (dx, dy)) in new[] { (0, -1), (1, 0), (0, 1), (-1, 0) }.Index())
                    Assert.Equal(2, Shared(cell, cell.Neighbour(dx, dy)!.Value));
                foreach (var (dx, dy) in new[] { (1, 1), (1, -1), (-1, 1), (-1, -1) })
                    if (cell.Neighbour(dx, dy) is { } corner) Assert.Equal(order == 0 ? Shared(cell, corner) : 1, Shared(cell, corner));
            }

        static int Shared(HealpixCell one, HealpixCell other) =>
            one.Corners().Count(corner => other.Corners().Any(there => there.SeparationDeg(corner) < 1e-9));
    }

    [Fact]
    public void The_border_goes_round_the_cell_from_corner_to_corner()
    {
        foreach (var cell in new[] { new HealpixCell(0, 2), new HealpixCell(3, 0), new HealpixCell(3, 63), new HealpixCell(5, 7000) })
        {
            var border = cell.Border(8);
            Assert.True(cell.Corners().SequenceEqual([border[0], border[8], border[16], border[24]]));
            foreach (var position in border)
                Assert.True(HealpixCell.Containing(position, cell.Order) == cell
                    || cell.Neighbours().Contains(HealpixCell.Containing(position, cell.Order)));
        }
    }

    [Fact]
    public void No_cell_of_a_cone_is_missed_and_few_are_too_many()
    {
        var (found, expected) = (0, 0);
        foreach (var row in Table.GetProperty("cones").EnumerateArray())
        {
            var (order, centre) = (row[0].GetInt32(), new SkyPosition(row[1].GetDouble(), row[2].GetDouble(), SkyFrame.Icrs));
            var cells = HealpixCell.InCone(centre, row[3].GetDouble(), order).Select(cell => cell.Index).ToArray();
            Assert.Equal(cells.Order(), cells);
            foreach (var index in row[4].EnumerateArray()) Assert.Contains(index.GetInt64(), cells);
            (found, expected) = (found + cells.Length, expected + row[4].GetArrayLength());
        }

        Assert.InRange(found, expected, expected * 1.03);
    }

    [Fact]
    public void A_cone_has_exactly_the_cells_of_positions_in_it() =>
        Gen.Select(Gen.Double[0, 360], Gen.Double[-90, 90], Gen.Double[0, 20], Gen.Int[0, 5]).ForSeeded((lon, lat, radius, order) =>
        {
            var centre = new SkyPosition(lon, lat, SkyFrame.Icrs);
            var cells = HealpixCell.InCone(centre, radius, order);
            Assert.Contains(HealpixCell.Containing(centre, order), cells);
            for (var angle = 0; angle < 360; angle += 5)
                Assert.Contains(HealpixCell.Containing(centre.DirectionalOffset(angle, radius), order), cells);
            foreach (var cell in cells)
                Assert.True(
                    HealpixCell.Containing(centre, order) == cell
                    || cell.Border(200).Min(position => position.SeparationDeg(centre)) <= radius + 0.6 / (1 << order), $"{cell}");
        });

    [Fact]
    public void Cells_that_do_not_exist_are_refused()
    {
        Assert.Throws<SkyException>(() => RingNumbering.ToCell(3, 768));
        Assert.Throws<SkyException>(() => RingNumbering.ToCell(30, 0));
        Assert.Throws<SkyException>(() => RingNumbering.Of(new HealpixCell(3, -1)));
        Assert.Throws<SkyException>(() => new HealpixCell(3, 768).Neighbours().Count());
        Assert.Throws<SkyException>(() => HealpixCell.InCone(new SkyPosition(0, 0, SkyFrame.Icrs), double.NaN, 3));
    }
}
