namespace TsMapSurvey.Fits;

/// <summary>Opens a binary table that holds a tile-compressed image (FITS standard 4.0, section 10) as that image.</summary>
internal static class CompressedImage
{
    /// <summary>
    /// Upper bound of the decompressed size divided by the stored size. gzip reaches 1032, Rice less; the factor 2 covers quantized images,
    /// which store 4-byte integers for 8-byte floats.
    /// </summary>
    private const int MaxExpansion = 2 * 1032;

    private static readonly string[] Supported = ["RICE_1", "GZIP_1", "GZIP_2", "NOCOMPRESS"];

    public static FitsImage Open(HduUnit unit, HduLayout table)
    {
        var (place, layout) = (unit.Place, CompressedLayout.Read(unit.Header, unit.Limits));
        var image = new HduLayout(layout.Type, Array.ConvertAll(layout.Axes, axis => (long)axis), 0, layout.Count * layout.ElementBytes);
        return new FitsImage(unit, image, CompressedHeader.Restore(unit.Header, layout), Bytes(unit, table, layout, place));
    }

    private static ElementBytes Bytes(HduUnit unit, HduLayout table, CompressedLayout layout, FitsPlace place)
    {
        if (!Supported.Contains(layout.Algorithm)) return new UnreadableBytes(layout.Algorithm, place);
        if (layout.Tiles is not { } tiles) return new ContiguousBytes(unit);
        var rows = new FitsTable(unit, table);
        if (rows.Find("NULL_PIXEL_MASK") is not null)
            return new UnreadableBytes($"{layout.Algorithm} with a null pixel mask", place);
        if (tiles.TileCount > rows.RowCount)
            throw FitsErrors.BadKeyword(place, "NAXIS2", rows.RowCount, $"a row for each of {tiles.TileCount} tiles");
        if (tiles.LargestTile > Array.MaxLength / layout.ElementBytes) throw FitsErrors.TooManyElements(place, "tile", tiles.LargestTile);
        var maxBytes = (UInt128)unit.DataBytes * MaxExpansion;
        if ((UInt128)layout.Count * (UInt128)layout.ElementBytes > maxBytes)
            throw FitsErrors.ExpandsTooMuch(place, layout.Count * layout.ElementBytes, unit.DataBytes);
        var columns = new TileColumns(rows);
        if (layout.Type > 0 && columns.HasBlanks && !unit.Header.Contains("BLANK"))
            return new UnreadableBytes($"{layout.Algorithm} with a blank value for each tile", place);
        return new CompressedBytes(tiles, new TileDecoder(layout, columns, place));
    }
}
