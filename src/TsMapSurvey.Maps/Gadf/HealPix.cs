using TsMapSurvey.Fits;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>Maps on HEALPix pixels (Gorski et al. 2005, ApJ 622, 759), recognised in order to be refused by name.</summary>
public static class HealPix
{
    /// <summary>By PIXTYPE; files without it have the grid's size and the order of its pixels.</summary>
    public static bool Is(FitsHdu hdu) =>
        string.Equals(hdu.Header.GetString("PIXTYPE")?.Trim(), "HEALPIX", StringComparison.OrdinalIgnoreCase)
        || hdu.Header.Contains("HPX_REG")
        || (hdu is FitsTable && hdu.Header.Contains("ORDERING") && (hdu.Header.Contains("NSIDE") || hdu.Header.Contains("MOCORDER")));

    /// <summary>For a file that has not what was looked for: that is because its maps are of this kind, when one is.</summary>
    /// <exception cref="MapException">There is such a map in the file.</exception>
    public static void Refuse(FitsFile file)
    {
        foreach (var hdu in file.Hdus)
            if (Is(hdu)) throw MapErrors.HealPix(HduPlace.Of(file, hdu));
    }
}
