using TsMapSurvey.Fits;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>Detects maps on HEALPix pixels (Gorski et al. 2005, ApJ 622, 759), which <see cref="HealpixReader"/> reads.</summary>
public static class HealPix
{
    /// <summary>Detected by PIXTYPE, or by the keywords for the grid size and pixel order.</summary>
    public static bool Is(FitsHdu hdu) =>
        string.Equals(hdu.Header.GetString("PIXTYPE")?.Trim(), "HEALPIX", StringComparison.OrdinalIgnoreCase)
        || hdu.Header.Contains("HPX_REG")
        || (hdu is FitsTable && hdu.Header.Contains("ORDERING") && (hdu.Header.Contains("NSIDE") || hdu.Header.Contains("MOCORDER")));

    /// <summary>For files in which the expected maps were not found: throws a specific exception if the file has HEALPix maps.</summary>
    /// <exception cref="MapException">The file has a HEALPix map.</exception>
    public static void Refuse(FitsFile file)
    {
        foreach (var hdu in file.Hdus)
            if (Is(hdu)) throw MapErrors.HealPix(HduPlace.Of(file, hdu));
    }
}
