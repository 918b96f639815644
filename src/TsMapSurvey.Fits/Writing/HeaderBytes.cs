using System.Globalization;

namespace TsMapSurvey.Fits;

/// <summary>Builds the bytes of a header: structural cards, then the caller's cards, then the checksums.</summary>
internal static class HeaderBytes
{
    public static byte[] Build(FitsHeader structure, FitsHeader? extra, bool keepBlank, uint datasum, FitsPlace place)
    {
        var header = structure.Copy();
        foreach (var card in extra ?? [])
            if (Belongs(card, header, keepBlank)) header.Append(card);
        if (header.Any(CardWriter.IsLong)) header.Set("LONGSTRN", "OGIP 1.0", "long text goes on in CONTINUE cards");

        // CHECKSUM follows from the sum of the HDU with sixteen '0' characters in its place.
        header.Set("DATASUM", datasum.ToString(CultureInfo.InvariantCulture), "sum of the data unit");
        header.Set("CHECKSUM", new string('0', 16), "sum of the HDU");
        var sum = default(OnesComplement);
        sum.Add(Encode(header, place));
        sum.Add(datasum);
        header.Set("CHECKSUM", HduChecksum.Encode(sum.Sum));
        return Encode(header, place);
    }

    private static bool Belongs(FitsCard card, FitsHeader header, bool keepBlank) =>
        card.IsCommentary ? card.Keyword != "CONTINUE"
        : (keepBlank && card.Keyword == "BLANK") || (!StructuralKeywords.Contains(card.Keyword) && !header.Contains(card.Keyword));

    private static byte[] Encode(FitsHeader header, FitsPlace place)
    {
        var writer = new CardWriter(place);
        foreach (var card in header) writer.Write(card);
        return writer.Finish();
    }
}
