using System.Globalization;
using TsMapSurvey.Fits;

namespace TsMapSurvey.SampleData;

/// <summary>Files in the layouts of other programs.</summary>
public static class FieldFiles
{
    public const int Width = 100;
    public const int Height = 60;

    /// <summary>A cube in the primary HDU, on the samples' grid, its values 0, 1, 2, ...; no table of bands.</summary>
    public static void WriteCube(string path, int[] planes, params (string Name, FitsTableColumn[] Columns)[] tables) =>
        FitsWriter.Write(path, writer =>
    {
        int[] axes = [Width, Height, .. planes];
        writer.WriteImage(null, axes, Enumerable.Range(0, axes.Aggregate(1, (product, axis) => product * axis)).Select(i => (float)i)
            .ToArray(), SkyHeader());
        foreach (var (name, columns) in tables) writer.WriteTable(name, columns);
    });

    /// <summary>Maps as gammapy's Map.write has them with hpx_type "image" or a partial sky.</summary>
    public static void WriteHealPix(string path, string name = "SKYMAP", bool namesPixels = true) => FitsWriter.Write(path, writer =>
    {
        var header = new FitsHeader().Set("ORDERING", "RING").Set("NSIDE", 4L).Set("COORDSYS", "GAL");
        if (namesPixels) header.Set("PIXTYPE", "HEALPIX");
        writer.WriteEmptyPrimary();
        writer.WriteTable(name, [FitsTableColumn.Integers("PIX", [.. Enumerable.Range(0, 192).Select(i => (long)i)]),
            FitsTableColumn.Doubles("CHANNEL1", new double[192])], header);
    });

    public static FitsHeader SkyHeader()
    {
        var header = new FitsHeader();
        foreach (var (keyword, value, _) in Samples.SurveyGrid.Wcs.Keywords())
        {
            if (value is string text) header.Set(keyword, text);
            else if (value is long or int) header.Set(keyword, Convert.ToInt64(value, CultureInfo.InvariantCulture));
            else header.Set(keyword, Convert.ToDouble(value, CultureInfo.InvariantCulture));
        }

        return header;
    }
}
