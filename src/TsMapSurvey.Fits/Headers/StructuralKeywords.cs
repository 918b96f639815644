namespace TsMapSurvey.Fits;

/// <summary>Keywords that the writer sets from the data themselves; a header copied from elsewhere cannot contradict them.</summary>
internal static class StructuralKeywords
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "SIMPLE", "XTENSION", "BITPIX", "NAXIS", "EXTEND", "PCOUNT", "GCOUNT", "GROUPS", "BSCALE", "BZERO", "BLANK",
        "TFIELDS", "THEAP", "CHECKSUM", "DATASUM", "LONGSTRN", "END", "CONTINUE",
    };

    private static readonly string[] Indexed = ["NAXIS", "TFORM", "TTYPE", "TUNIT", "TDIM", "TNULL", "TSCAL", "TZERO", "TDISP"];

    public static bool Contains(string keyword) =>
        Names.Contains(keyword) || Array.Exists(Indexed, prefix => FitsHeader.IsIndexed(keyword, prefix));
}
