namespace TsMapSurvey.Fits;

/// <summary>The header that the image had before it was compressed (FITS standard 4.0, 10.1.2): the table's own keywords go, those that it keeps under Z come back.</summary>
internal static class CompressedHeader
{
    /// <summary>What compression programs call an image that had no name.</summary>
    private const string NoName = "COMPRESSED_IMAGE";

    private static readonly HashSet<string> OfTheTable = new(StringComparer.Ordinal)
    {
        "XTENSION", "BITPIX", "NAXIS", "NAXIS1", "NAXIS2", "PCOUNT", "GCOUNT", "TFIELDS", "THEAP", "CHECKSUM", "DATASUM",
        "ZIMAGE", "ZCMPTYPE", "ZBITPIX", "ZNAXIS", "ZQUANTIZ", "ZDITHER0", "ZMASKCMP", "ZSCALE", "ZZERO", "ZBLANK",
        "ZSIMPLE", "ZEXTEND", "ZBLOCKED", "ZTENSION", "ZPCOUNT", "ZGCOUNT", "ZHECKSUM", "ZDATASUM",
    };

    private static readonly string[] Indexed = ["ZNAXIS", "ZTILE", "ZNAME", "ZVAL", "TTYPE", "TFORM", "TUNIT", "TDIM", "TNULL", "TSCAL", "TZERO", "TDISP"];

    public static bool IsNoName(string extName) => extName == NoName;

    /// <param name="table">As stored.</param>
    public static FitsHeader Restore(FitsHeader table, CompressedLayout layout)
    {
        var image = new FitsHeader { Place = table.Place };
        image.Set("XTENSION", "IMAGE").Set("BITPIX", (long)layout.Type).Set("NAXIS", layout.Axes.Length);
        for (var n = 0; n < layout.Axes.Length; n++) image.Set($"NAXIS{n + 1}", layout.Axes[n]);
        image.Set("PCOUNT", 0).Set("GCOUNT", 1);
        foreach (var card in table)
            if (!IsOfTheTable(card)) image.Append(card);
        if (table.Find("ZHECKSUM") is { } checksum) image.Append(checksum with { Keyword = "CHECKSUM" });
        if (table.Find("ZDATASUM") is { } datasum) image.Append(datasum with { Keyword = "DATASUM" });
        // Integers keep the blank of the image, which some writers give under the other name alone.
        if (layout.Type > 0 && table.Find("ZBLANK") is { Value: long } blank && !image.Contains("BLANK")) image.Append(blank with { Keyword = "BLANK" });
        return image;
    }

    private static bool IsOfTheTable(FitsCard card) =>
        OfTheTable.Contains(card.Keyword) || (card.Keyword == "EXTNAME" && card.Value is NoName) || Array.Exists(Indexed, prefix => FitsHeader.IsIndexed(card.Keyword, prefix));
}
