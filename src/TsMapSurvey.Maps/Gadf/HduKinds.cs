using TsMapSurvey.Fits;

namespace TsMapSurvey.Maps.Gadf;

public static class HduKinds
{
    /// <summary>A short description for users: "image", "bands of COUNTS", "energy bounds", "HEALPix map (not supported)", ...</summary>
    public static string Of(FitsFile file, FitsHdu hdu)
    {
        if (HealPix.Is(hdu)) return $"HEALPix map ({HealpixReader.Describe(hdu)})";
        if (hdu.Header.GetString("ZCMPTYPE") is { } compression) return $"tile-compressed image ({compression.Trim()})";
        return hdu switch
        {
            FitsImage image => image.Count > 0 ? "image" : "header",
            FitsTable table => OfTable(file, table),
            _ => "other",
        };
    }

    /// <summary>
    /// Whether the HDU is a map that can be plotted: an image of at least two dimensions, a sparse map, or a HEALPix map in a table.
    /// </summary>
    public static bool IsSkyImage(FitsHdu hdu) => hdu switch
    {
        FitsImage image => image.Axes.Length >= 2 && image.Count > 0,
        FitsTable table => HealPix.Is(hdu) || IsSparse(table),
        _ => false,
    };

    /// <summary>For commands that found no usable map in a file.</summary>
    /// <exception cref="MapException">The file has a HEALPix map, which is not supported.</exception>
    public static void RefuseHealPix(FitsFile file) => HealPix.Refuse(file);

    private static string OfTable(FitsFile file, FitsTable table)
    {
        if (IsSparse(table)) return "sparse map";
        if (table.Find("CHANNEL") is not null && table.Find("DATA") is not null) return "region map";
        if (OwnerOfBands(file, table) is { } map) return $"bands of {map}";
        return table.Name.ToUpperInvariant() switch
        {
            "EBOUNDS" => "energy bounds",
            "ENERGIES" => "energies",
            "GTI" => "good time intervals",
            _ => "table",
        };
    }

    private static bool IsSparse(FitsTable table) => table.Find("PIX") is not null && table.Find("VALUE") is not null;

    private static string? OwnerOfBands(FitsFile file, FitsTable table)
    {
        if (table.Name.Length == 0) return null;
        foreach (var hdu in file.Hdus)
            if (table.Name.Equals(hdu.Header.GetString("BANDSHDU")?.Trim() ?? $"{hdu.Name}_BANDS", StringComparison.OrdinalIgnoreCase))
                return hdu.Name;
        return null;
    }
}
