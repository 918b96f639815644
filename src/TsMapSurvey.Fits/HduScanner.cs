namespace TsMapSurvey.Fits;

/// <summary>Reads all headers of a file and checks that the data of each HDU are present.</summary>
internal static class HduScanner
{
    public static List<FitsHdu> Scan(FitsSource source, string file, FitsLimits limits, HeaderWarnings warnings)
    {
        var hdus = new List<FitsHdu>();
        var cardsLeft = limits.MaxHeaderCards;
        for (long offset = 0; IsHeader(source, offset, new FitsPlace(file, hdus.Count));)
        {
            if (hdus.Count == limits.MaxHdus)
                throw FitsErrors.TooLarge(
                    new FitsPlace(file), "HDUs", $"more than {limits.MaxHdus}", limits.MaxHdus, nameof(FitsLimits.MaxHdus));
            var hdu = ReadHdu(source, offset, hdus.Count, file, limits, warnings, ref cardsLeft);
            hdus.Add(hdu);
            offset = hdu.Unit.DataOffset + FitsBlock.RoundUp(hdu.Unit.DataBytes);
        }

        return hdus;
    }

    /// <summary>
    /// The first block must be a header. Later, a block that does not begin with XTENSION is ignored as junk after the last HDU.
    /// </summary>
    private static bool IsHeader(FitsSource source, long offset, FitsPlace place)
    {
        Span<byte> start = stackalloc byte[10];
        var found = start[..source.Read(offset, start)];
        if (place.HduIndex > 0) return found.StartsWith("XTENSION"u8);
        if (found.IsEmpty) throw FitsErrors.Empty(place with { HduIndex = null });
        return found.SequenceEqual("SIMPLE  = "u8)
            ? true
            : throw FitsErrors.NotFits(place with { HduIndex = null }, string.Concat(found.ToArray().Select(b => (char)b)));
    }

    private static FitsHdu ReadHdu(FitsSource source, long offset, int index, string file, FitsLimits limits, HeaderWarnings warnings,
        ref int cardsLeft)
    {
        var header = new FitsHeader { Place = new FitsPlace(file, index) };
        HeaderReader.Read(source, offset, header, cardsLeft, limits, warnings, out var cards);
        cardsLeft -= cards;
        var name = header.Find("EXTNAME")?.Value is string text ? text.TrimEnd(' ') : index == 0 ? "PRIMARY" : "";
        if (CompressedLayout.IsCompressed(header) && CompressedHeader.IsNoName(name)) name = "";
        header.Place = header.Place with { HduName = name };
        if (index == 0 && header.GetBoolean("SIMPLE") != true) throw FitsErrors.NotFits(header.Place, "SIMPLE  =                    F");

        var extension = index == 0 ? "IMAGE" : (header.GetString("XTENSION") ?? "").TrimEnd(' ').ToUpperInvariant();
        var layout = HduLayout.Read(header, isPrimary: index == 0);
        var unit = new HduUnit(source, limits, header.Place, header, index, name)
        {
            HeaderOffset = offset,
            DataOffset = offset + FitsBlock.RoundUp((long)cards * FitsBlock.CardBytes),
            DataBytes = layout.DataBytes,
        };
        EnsureDataPresent(unit);
        return extension switch
        {
            "IMAGE" => new FitsImage(unit, layout),
            "BINTABLE" when CompressedLayout.IsCompressed(header) => CompressedImage.Open(unit, layout),
            "BINTABLE" or "A3DTABLE" => new FitsTable(unit, layout),
            _ => new FitsUnknownHdu(unit, extension),
        };
    }

    private static void EnsureDataPresent(HduUnit unit)
    {
        var (place, limits) = (unit.Place, unit.Limits);
        if (unit.DataBytes > limits.MaxHduBytes)
            throw FitsErrors.TooLarge(place, "data size", $"{unit.DataBytes} bytes", limits.MaxHduBytes, nameof(FitsLimits.MaxHduBytes));
        if (unit.DataBytes == 0) return;
        var found = unit.Source.AvailableUpTo(unit.DataOffset + unit.DataBytes) - unit.DataOffset;
        if (found < unit.DataBytes) throw FitsErrors.TruncatedData(place, Math.Max(0, found), unit.DataBytes);
    }
}
