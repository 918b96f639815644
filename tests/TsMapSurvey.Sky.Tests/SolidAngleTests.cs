namespace TsMapSurvey.Sky.Tests;

public sealed class SolidAngleTests
{
    [Fact]
    public void Solid_angles_agree_with_gammapy()
    {
        foreach (var table in ReferenceTable.Load("solid-angles.json").GetProperty("grids").EnumerateArray())
        {
            var header = ReferenceTable.Read(table, "solid-angles.json");
            foreach (var row in header.Rows("pixels"))
            {
                var found = header.Grid.SolidAngleSr((int)row[0], (int)row[1]);
                Assert.True(Math.Abs(found / row[2] - 1) < 1e-10, $"{header.Name}: pixel {row[0]}, {row[1]} has {found} sr, not {row[2]}");
            }
        }
    }

    [Fact]
    public void The_row_by_row_shortcut_agrees_with_single_pixels()
    {
        foreach (var name in (string[])["car icrs", "oblique north", "tan icrs"])
        {
            var parts = name.Split(' ');
            var grid = ReferenceTable.Header($"wcs-{parts[0]}.json", parts[1]).Grid;
            var all = new double[grid.Width * grid.Height];
            grid.SolidAnglesSr(all);
            for (var i = 0; i < all.Length; i += 37)
                Assert.Equal(1, all[i] / grid.SolidAngleSr(i % grid.Width, i / grid.Width), 1e-10);
        }
    }

    [Fact]
    public void The_whole_sky_is_four_pi()
    {
        var grid = ReferenceTable.Header("wcs-car.json", "all_sky").Grid;
        var all = new double[grid.Width * grid.Height];
        grid.SolidAnglesSr(all);
        // Planar triangles of half a degree are right to 1e-4.
        Assert.Equal(4 * Math.PI, all.Sum(), 2e-3);
    }

    [Fact]
    public void A_pixel_across_the_pole_has_no_solid_angle()
    {
        var grid = ReferenceTable.Header("wcs-car.json", "all_sky").Grid;
        Assert.True(double.IsNaN(grid.SolidAngleSr(0, 360)));
    }
}
