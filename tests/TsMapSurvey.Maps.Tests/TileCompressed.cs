using System.IO.Compression;
using TsMapSurvey.Fits;

namespace TsMapSurvey.Maps.Tests;

/// <summary>Copies of FITS files with every image tile-compressed by GZIP_1, without loss (FITS standard 4.0, section 10).</summary>
internal static class TileCompressed
{
    /// <param name="tileRows">Image rows of a tile.</param>
    public static void Copy(string from, string to, int tileRows)
    {
        using var file = FitsFile.Open(from);
        using var writer = FitsWriter.Create(to);
        writer.WriteEmptyPrimary(file.Hdus[0].Header);
        foreach (var hdu in file.Hdus.Skip(1))
        {
            if (hdu is FitsImage image) Write(writer, image, tileRows);
            else Write(writer, (FitsTable)hdu);
        }

        writer.Complete();
    }

    private static void Write(FitsWriter writer, FitsImage image, int tileRows)
    {
        var (values, tiles) = (image.ReadDoubles(), new List<byte[]>());
        var (width, height) = (image.Axes[0], image.Axes[1]);
        for (var plane = 0; plane < values.Length / (width * height); plane++)
            for (var row = 0; row < height; row += tileRows)
                tiles.Add(Zip(values.AsSpan((plane * height + row) * width, Math.Min(tileRows, height - row) * width)));
        var header = image.Header.Copy();
        header.Set("ZIMAGE", true).Set("ZCMPTYPE", "GZIP_1").Set("ZBITPIX", -64).Set("ZNAXIS", image.Axes.Length).Set("ZQUANTIZ", "NONE");
        for (var n = 1; n <= image.Axes.Length; n++)
            header.Set($"ZNAXIS{n}", image.Axes[n - 1]).Set($"ZTILE{n}", n == 1 ? width : n == 2 ? tileRows : 1);
        writer.WriteTable(image.Name, [FitsTableColumn.VariableBytes("COMPRESSED_DATA", [.. tiles])], header);
    }

    private static void Write(FitsWriter writer, FitsTable table) => writer.WriteTable(
        table.Name, [.. table.Columns.Select(column => FitsTableColumn.Doubles(column.Name, column.ReadDoubles(), column.Unit))],
            table.Header);

    private static byte[] Zip(ReadOnlySpan<double> values)
    {
        var bytes = new byte[8 * values.Length];
        for (var i = 0; i < values.Length; i++) System.Buffers.Binary.BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(8 * i), values[i]);
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return zipped.ToArray();
    }
}
