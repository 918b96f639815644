namespace TsMapSurvey.Fits;

/// <summary>A binary table that is a tile-compressed image (FITS standard 4.0, section 10), as the image that it was.</summary>
internal static class CompressedImage
{
    /// <summary>The most that gzip can unfold to, which is more than Rice can; and integers of four bytes stand for reals of eight.</summary>
    private const int MostUnfolding = 2 * 1032;

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
        if (rows.Find("NULL_PIXEL_MASK") is not null) return new UnreadableBytes($"{layout.Algorithm} with a mask of its null pixels", place);
        if (tiles.TileCount > rows.RowCount) throw FitsErrors.BadKeyword(place, "NAXIS2", rows.RowCount, $"a row for each of {tiles.TileCount} tiles");
        if (tiles.LargestTile > Array.MaxLength / layout.ElementBytes) throw FitsErrors.TooManyElements(place, "tile", tiles.LargestTile);
        var most = (UInt128)unit.DataBytes * MostUnfolding;
        if ((UInt128)layout.Count * (UInt128)layout.ElementBytes > most) throw FitsErrors.UnfoldsTooFar(place, layout.Count * layout.ElementBytes, unit.DataBytes);
        var columns = new TileColumns(rows);
        if (layout.Type > 0 && columns.HasBlanks && !unit.Header.Contains("BLANK")) return new UnreadableBytes($"{layout.Algorithm} with a blank for each tile", place);
        return new CompressedBytes(tiles, new TileDecoder(layout, columns, place));
    }
}
