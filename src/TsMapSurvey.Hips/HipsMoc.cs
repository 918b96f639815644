using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips;

/// <summary>The file Moc.fits of a HiPS: a multi-order coverage map in ICRS.</summary>
public static class HipsMoc
{
    /// <summary>The bytes of the file.</summary>
    /// <param name="cells">Cells of one order.</param>
    public static byte[] Fits(IReadOnlyList<HealpixCell> cells)
    {
        using var content = new MemoryStream();
        using (var writer = new FitsWriter(content, leaveOpen: true)) MocFile.Write(writer, Moc.OfCells(cells));
        return content.ToArray();
    }
}
