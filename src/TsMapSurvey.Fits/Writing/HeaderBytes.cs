using System.Globalization;

namespace TsMapSurvey.Fits;

/// <summary>A header as it is stored: structure first, then the caller's cards, then the checksums.</summary>
internal static class HeaderBytes
{
    public static byte[] Build(FitsHeader structure, FitsHeader? extra, bool keepBlank, uint datasum, FitsPlace place)
    {
        var header = structure.Copy();
        foreach (var card in extra ?? [])
            if (Belongs(card, header, keepBlank)) header.Append(card);
        if (header.Any(CardWriter.IsLong)) header.Set("LONGSTRN", "OGIP 1.0", "long text goes on in CONTINUE cards");

        // The sum of everything but the sixteen characters, which count as zeros, says what they have to be.
        header.Set("DATASUM", datasum.ToString(CultureInfo.InvariantCulture), "sum of the data unit");
        header.Set("CHECKSUM", new string('0', 16), "sum of the HDU");
        var sum = default(OnesComplement);
        sum.Add(Spell(header, place));
        sum.Add(datasum);
        header.Set("CHECKSUM", HduChecksum.Encode(sum.Sum));
        return Spell(header, place);
    }

    private static bool Belongs(FitsCard card, FitsHeader header, bool keepBlank) =>
        card.IsCommentary ? card.Keyword != "CONTINUE"
        : (keepBlank && card.Keyword == "BLANK") || (!StructuralKeywords.Contains(card.Keyword) && !header.Contains(card.Keyword));

    private static byte[] Spell(FitsHeader header, FitsPlace place)
    {
        var writer = new CardWriter(place);
        foreach (var card in header) writer.Write(card);
        return writer.Finish();
    }
}
