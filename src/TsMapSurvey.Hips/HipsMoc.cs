using TsMapSurvey.Fits;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips;

/// <summary>The file Moc.fits of a HiPS: a multi-order coverage map (IVOA MOC 1.1) in ICRS.</summary>
public static class HipsMoc
{
    /// <summary>The bytes of the file.</summary>
    /// <param name="cells">Cells of one order, ascending; four cells of one parent are written as the parent.</param>
    public static byte[] Fits(IReadOnlyList<HealpixCell> cells)
    {
        var header = new FitsHeader().Set("PIXTYPE", "HEALPIX", "HEALPix magic value").Set("ORDERING", "NUNIQ", "coding of the cells")
            .Set("COORDSYS", "C", "ICRS").Set("MOCORDER", cells.Count == 0 ? 0 : cells[0].Order, "deepest order")
            .Set("MOCTOOL", "TsMapSurvey");
        using var content = new MemoryStream();
        using (var writer = new FitsWriter(content, leaveOpen: true))
            writer.WriteTable("", [FitsTableColumn.Integers("UNIQ", [.. Merged(cells).Select(Number).Order()])], header);
        return content.ToArray();
    }

    // NUNIQ (MOC 1.1, section 2.3.1).
    private static long Number(HealpixCell cell) => (4L << (2 * cell.Order)) + cell.Index;

    private static List<HealpixCell> Merged(IReadOnlyList<HealpixCell> cells)
    {
        var merged = new List<HealpixCell>();
        foreach (var cell in cells)
        {
            merged.Add(cell);
            while (merged is [.., var south, var east, var west, var north] && north.Order > 0 && (north.Index & 3) == 3
                && IsFamily(north, [south, east, west]))
            {
                merged.RemoveRange(merged.Count - 4, 4);
                merged.Add(north.Parent);
            }
        }

        return merged;
    }

    private static bool IsFamily(HealpixCell last, ReadOnlySpan<HealpixCell> others)
    {
        for (var i = 0; i < others.Length; i++)
            if (others[i] != last with { Index = last.Index - 3 + i }) return false;
        return true;
    }
}
