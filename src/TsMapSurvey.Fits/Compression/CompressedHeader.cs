namespace TsMapSurvey.Fits;

/// <summary>
/// Restores the header of an image before compression (FITS standard 4.0, 10.1.2): removes the keywords of the table and restores those
/// that the table keeps under names with Z.
/// </summary>
internal static class CompressedHeader
{
    /// <summary>The EXTNAME that compression programs give to an image without a name.</summary>
    private const string NoName = "COMPRESSED_IMAGE";

    private static readonly HashSet<string> TableKeywords = new(StringComparer.Ordinal)
    {
        "XTENSION", "BITPIX", "NAXIS", "NAXIS1", "NAXIS2", "PCOUNT", "GCOUNT", "TFIELDS", "THEAP", "CHECKSUM", "DATASUM",
        "ZIMAGE", "ZCMPTYPE", "ZBITPIX", "ZNAXIS", "ZQUANTIZ", "ZDITHER0", "ZMASKCMP", "ZSCALE", "ZZERO", "ZBLANK",
        "ZSIMPLE", "ZEXTEND", "ZBLOCKED", "ZTENSION", "ZPCOUNT", "ZGCOUNT", "ZHECKSUM", "ZDATASUM",
    };

    private static readonly string[] Indexed =
        ["ZNAXIS", "ZTILE", "ZNAME", "ZVAL", "TTYPE", "TFORM", "TUNIT", "TDIM", "TNULL", "TSCAL", "TZERO", "TDISP"];

    public static bool IsNoName(string extName) => extName == NoName;

    public static FitsHeader Restore(FitsHeader table, CompressedLayout layout)
    {
        var image = new FitsHeader { Place = table.Place };
        image.Set("XTENSION", "IMAGE").Set("BITPIX", (long)layout.Type).Set("NAXIS", layout.Axes.Length);
        for (var n = 0; n < layout.Axes.Length; n++) image.Set($"NAXIS{n + 1}", layout.Axes[n]);
        image.Set("PCOUNT", 0).Set("GCOUNT", 1);
        foreach (var card in table)
            if (!BelongsToTable(card)) image.Append(card);
        if (table.Find("ZHECKSUM") is { } checksum) image.Append(checksum with { Keyword = "CHECKSUM" });
        if (table.Find("ZDATASUM") is { } datasum) image.Append(datasum with { Keyword = "DATASUM" });
        // Some writers give the BLANK of an integer image only as ZBLANK.
        if (layout.Type > 0 && table.Find("ZBLANK") is { Value: long } blank && !image.Contains("BLANK"))
            image.Append(blank with { Keyword = "BLANK" });
        return image;
    }

    private static bool BelongsToTable(FitsCard card) =>
        TableKeywords.Contains(card.Keyword) || (card.Keyword == "EXTNAME" && card.Value is NoName)
            || Array.Exists(Indexed, prefix => FitsHeader.IsIndexed(card.Keyword, prefix));
}
