using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips;

/// <summary>The file Moc.fits of a HiPS: a multi-order coverage map in ICRS.</summary>
public static class HipsMoc
{
    /// <summary>The bytes of the file.</summary>
    /// <param name="cells">Cells of one order.</param>
    /// <param name="frequencies">Of a cube, whose coverage is also one of frequencies.</param>
    public static byte[] Fits(IReadOnlyList<HealpixCell> cells, FrequencyCells? frequencies = null)
    {
        using var content = new MemoryStream();
        using (var writer = new FitsWriter(content, leaveOpen: true))
        {
            if (frequencies is { } own) MocFile.Write(writer, own, Moc.OfCells(cells));
            else MocFile.Write(writer, Moc.OfCells(cells));
        }

        return content.ToArray();
    }
}
