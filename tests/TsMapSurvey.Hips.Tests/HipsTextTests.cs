using TsMapSurvey.Fits;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips.Tests;

public sealed class HipsTextTests
{
    [Fact]
    public void Properties_are_lines_and_what_has_no_value_has_no_line()
    {
        var text = new HipsProperties().Add("obs_title", "two\r\nlines ").Add("hips_bunit", "").Add("em_min", double.NaN)
            .Add("t_min", default(double?)).Add("hips_order", 3).Add("hips_initial_ra", 0.1 + 0.2)
            .Add("hips_release_date", new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(1))).ToString();

        Assert.Equal(
            "obs_title            = two lines\nhips_order           = 3\nhips_initial_ra      = 0.30000000000000004\n"
            + "hips_release_date    = 2026-03-04T04:06Z\n", text);
    }

    [Fact]
    public void A_coverage_map_merges_four_cells_into_their_parent_again_and_again()
    {
        var cells = Enumerable.Range(16, 16).Append(40).Append(41).Append(42).Select(index => new HealpixCell(4, index)).ToArray();
        using var file = FitsFile.Open(new MemoryStream(HipsMoc.Fits(cells)), "Moc.fits");
        var table = Assert.IsType<FitsTable>(file.Hdus[1]);

        // NUNIQ is 4 * 4^order + index: order 2 cell 1, then the three cells of order 4.
        Assert.Equal([64 + 1, 1024 + 40, 1024 + 41, 1024 + 42], table.Find("UNIQ")!.ReadIntegers());
        Assert.Equal(("NUNIQ", "C", 4), (table.Header.GetString("ORDERING"), table.Header.GetString("COORDSYS"),
            table.Header.GetInteger("MOCORDER")));
    }

    [Fact]
    public void The_whole_sky_is_twelve_cells()
    {
        var cells = Enumerable.Range(0, (int)HealpixCell.Count(2)).Select(index => new HealpixCell(2, index)).ToArray();
        using var file = FitsFile.Open(new MemoryStream(HipsMoc.Fits(cells)), "Moc.fits");

        Assert.Equal(Enumerable.Range(4, 12).Select(number => (long)number), ((FitsTable)file.Hdus[1]).Find("UNIQ")!.ReadIntegers());
        Assert.Equal(360, SkyExtent.Of(cells).DiameterDeg);
    }

    [Fact]
    public void The_first_view_contains_all_cells()
    {
        HealpixCell[] cells = [.. Enumerable.Range(0, 4).Select(number => new HealpixCell(6, 4 * 4000 + number))];
        var extent = SkyExtent.Of(cells);

        Assert.InRange(extent.Centre.SeparationDeg(new HealpixCell(5, 4000).Centre), 0, 0.01);
        Assert.All(cells.SelectMany(cell => cell.Corners()), corner =>
            Assert.True(corner.SeparationDeg(extent.Centre) <= extent.DiameterDeg / 2));
        Assert.True(extent.DiameterDeg < 6);
    }
}
