using TsMapSurvey.Estimators.Peaks;
using TsMapSurvey.Estimators.Seams;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

public sealed class SeamTests
{
    private static readonly HealpixTiling Tiling = new(2, 0.5);

    /// <summary>A smooth function of position.</summary>
    private static double Smooth(SkyPosition position)
    {
        var (lon, lat) = (double.DegreesToRadians(position.LonDeg), double.DegreesToRadians(position.LatDeg));
        return 5 + 3 * Math.Sin(2 * lon) * Math.Cos(lat) * Math.Cos(lat) + 2 * Math.Sin(lat);
    }

    private static double[] Image(TileId tile, Func<SkyPosition, double> value)
    {
        var grid = Tiling.GridOf(tile);
        double[] image = [.. Enumerable.Range(0, (int)grid.Region.Area)
            .Select(i => value(grid.PixelCentre(i % grid.Width, i / grid.Width)!.Value))];
        Tiling.Owned(tile, 0).Blank(image);
        return image;
    }

    private static SeamCheck Added(Func<TileId, double> more, Func<SkyPosition, double> exposure, IEnumerable<TileId>? tiles = null)
    {
        var check = new SeamCheck(Tiling, Tiling.PixelScaleDeg);
        foreach (var tile in tiles ?? Tiling.All())
            check.Add(tile, Tiling.GridOf(tile), Image(tile, at => Smooth(at) + more(tile)), Image(tile, exposure));
        return check;
    }

    [Fact]
    public void The_same_function_in_all_tiles_has_no_seam_and_every_border_is_compared_once()
    {
        var seams = Added(_ => 0, _ => 1e10).Find();
        // Four sides of 192 cells, each shared by two.
        Assert.Equal(192 * 4 / 2, seams.Count);
        Assert.All(seams, seam => Assert.InRange(seam.Largest, 0, 2e-3));
        Assert.All(seams, seam => Assert.True(seam.Points >= 20 && seam.Mean <= seam.Largest));
        Assert.Equal(seams.Count, seams.Select(seam => (seam.One, seam.Other)).Distinct().Count());
    }

    [Fact]
    public void A_tile_that_differs_is_found_on_its_four_sides_with_place_and_values()
    {
        var wrong = Tiling.TileOf(new HealpixCell(2, 37));
        var seams = Added(tile => tile == wrong ? 0.4 : 0, _ => 1e10).Find();
        Assert.Equal(4, seams.Count(seam => seam.Largest > 0.3));
        Assert.All(seams.Take(4), seam =>
        {
            Assert.True(seam.One == wrong || seam.Other == wrong);
            Assert.InRange(seam.Largest, 0.397, 0.403);
            Assert.InRange(seam.Mean, 0.397, 0.403);
            Assert.Equal(seam.Largest, Math.Abs(seam.SqrtTsOne - seam.SqrtTsOther), 1e-12);
            Assert.Equal(Smooth(seam.Position), seam.One == wrong ? seam.SqrtTsOther : seam.SqrtTsOne, 0.01);
        });
    }

    [Fact]
    public void Borders_with_little_exposure_or_one_tile_are_not_compared()
    {
        double North(SkyPosition at) => at.LatDeg > 0 ? 1e10 : 9e8;
        var seams = Added(_ => 0, North).Find();
        Assert.NotEmpty(seams);
        Assert.All(seams, seam => Assert.True(seam.Position.LatDeg > -0.5));
        var alone = Tiling.TileOf(new HealpixCell(2, 3));
        Assert.Empty(Added(_ => 0, _ => 1, [alone]).Find());
        Assert.Empty(new SeamCheck(Tiling, 0.5).Find());
        var beside = Tiling.TileOf(new HealpixCell(2, 3).Neighbour(1, 0)!.Value);
        Assert.Single(Added(_ => 0, _ => 1, [alone, beside]).Find());
        Assert.Empty(Added(_ => double.NaN, _ => 1, [alone, beside]).Find());
    }

    [Fact]
    public void A_peak_at_a_border_is_listed_once_for_the_tile_in_whose_cell_it_is()
    {
        var (cell, random) = (new HealpixCell(2, 21), new Random(4));
        foreach (var border in SharedBorder.Of(cell, 0.5))
            foreach (var position in border.Positions.Where((_, i) => i % 5 == 0))
            {
                // Each tile has it where its own noise puts it: in its cell, in the other, or both.
                (SkyPosition At, int Bin, TileId Tile) Seen(HealpixCell by) =>
                    (position.DirectionalOffset(random.NextDouble() * 360, random.NextDouble() * 0.4), 0, Tiling.TileOf(by));
                var (one, other) = (Seen(border.One), Seen(border.Other));
                var kept = Assert.Single(BorderPeaks.Once(Tiling, [one, other], peak => peak));
                bool IsHome((SkyPosition At, int Bin, TileId Tile) peak) => Tiling.Owner(peak.At)!.Value.Tile == peak.Tile;
                Assert.Equal(IsHome(one) ? one : IsHome(other) ? other : one, kept);
            }
    }

    [Fact]
    public void Peaks_of_one_tile_of_other_energies_or_of_a_grid_are_all_kept()
    {
        var position = new HealpixCell(2, 21).Centre;
        var tile = Tiling.TileOf(new HealpixCell(2, 21));
        (SkyPosition, int, TileId)[] near = [(position, 0, tile), (position.DirectionalOffset(0, 0.5), 0, tile), (position, 1, tile)];
        Assert.Equal(near, BorderPeaks.Once(Tiling, near, peak => peak));
        var corner = new HealpixCell(2, 21).PositionAt(1, 0.5);
        var other = Tiling.TileOf(new HealpixCell(2, 21).Neighbour(1, 0)!.Value);
        (SkyPosition, int, TileId)[] bins = [(corner, 0, tile), (corner, 1, other)];
        Assert.Equal(bins, BorderPeaks.Once(Tiling, bins, peak => peak));
        var grid = new GridTiling(new SkyGrid(Wcs.Create(SkyFrame.Icrs, Projection.Car, position, 1, 1, -1, 1), 100, 50), 50);
        (SkyPosition, int, TileId)[] same = [(position, 0, GridTiling.IdOf(0, 0)), (position, 0, GridTiling.IdOf(1, 0))];
        Assert.Equal(same, BorderPeaks.Once(grid, same, peak => peak));
    }
}
