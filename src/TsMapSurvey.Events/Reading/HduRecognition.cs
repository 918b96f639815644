using TsMapSurvey.Fits;

namespace TsMapSurvey.Events.Reading;

// Data formats 0.2 and 0.3 name the content of an HDU by HDUCLAS1, 2 and 4. Files differ: the simulations of CTA-1DC have HDUCLASS OGIP and
// HDUCLAS4 "2D", prod5 has HDUCLAS2 "PSF" for "RPSF", and some files have no such keyword. The layout of a response follows from its
// columns.
internal static class HduRecognition
{
    private static readonly (string Word, ResponseKind Kind)[] Words =
    [
        ("events", ResponseKind.Events), ("gti", ResponseKind.Gti), ("eff_area", ResponseKind.EffectiveArea),
        ("aeff", ResponseKind.EffectiveArea), ("effective area", ResponseKind.EffectiveArea), ("edisp", ResponseKind.EnergyMigration),
        ("energy dispersion", ResponseKind.EnergyMigration), ("rpsf", ResponseKind.PointSpread), ("psf", ResponseKind.PointSpread),
        ("point spread function", ResponseKind.PointSpread), ("bkg", ResponseKind.Background), ("bgd", ResponseKind.Background),
        ("background", ResponseKind.Background),
    ];

    /// <summary>The HDU's name and the keywords for messages: "EVENTS, an HDU with HDUCLAS1 = EVENTS".</summary>
    public static (string What, string Expected) Describe(ResponseKind kind) => kind switch
    {
        ResponseKind.Events => ("EVENTS", "HDUCLAS1 = EVENTS"),
        ResponseKind.Gti => ("GTI", "HDUCLAS1 = GTI"),
        ResponseKind.EffectiveArea => ("an effective area", "HDUCLAS2 = EFF_AREA, or the name AEFF"),
        ResponseKind.EnergyMigration => ("an energy dispersion", "HDUCLAS2 = EDISP, or the name EDISP"),
        ResponseKind.PointSpread => ("a point spread function", "HDUCLAS2 = RPSF, or the name PSF"),
        _ => ("a background model", "HDUCLAS2 = BKG, or the name BKG"),
    };

    /// <summary>What an HDU is; null if it is none of the parts. The keywords are stronger than the name.</summary>
    public static ResponseKind? Of(FitsHdu hdu)
    {
        var first = Word(hdu.Header.GetString("HDUCLAS1"));
        if (first.Length > 0 && first != "response") return Find(first);
        var second = Word(hdu.Header.GetString("HDUCLAS2"));
        return second.Length > 0 ? Find(second) : Find(Word(hdu.Name)) ?? Find(Word(hdu.Name).Split('_', ' ')[0]);
    }

    /// <summary>HDU_TYPE of an index.</summary>
    public static ResponseKind? OfType(string type) => Find(Word(type));

    private static string Word(string? text) => text?.Trim().ToLowerInvariant() ?? "";

    private static ResponseKind? Find(string word)
    {
        foreach (var (known, kind) in Words)
            if (known == word) return kind;
        return null;
    }
}
