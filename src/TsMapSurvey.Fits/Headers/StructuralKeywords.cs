namespace TsMapSurvey.Fits;

/// <summary>Keywords that the writer derives from the data. It ignores them in headers given by the caller.</summary>
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
