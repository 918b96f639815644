using TsMapSurvey.Fits;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Models;

/// <summary>
/// Reads the XSPEC table models that gammapy uses for the extragalactic background light: HDUs PARAMETERS, ENERGIES (keV) and SPECTRA.
/// </summary>
internal static class EblTable
{
    private const double TeVPerKeV = 1e-9;

    /// <exception cref="MapException">An HDU or column is missing, or their lengths differ.</exception>
    /// <exception cref="FitsException">The file is damaged.</exception>
    public static EblAbsorption Read(string path, double redshift, double alphaNorm)
    {
        using var file = FitsFile.Open(path);
        var listed = Column(file, "PARAMETERS", "VALUE").ReadDoubles();
        var low = Column(file, "ENERGIES", "ENERG_LO").ReadDoubles();
        var high = Column(file, "ENERGIES", "ENERG_HI").ReadDoubles();
        var spectra = Column(file, "SPECTRA", "INTPSPEC").ReadDoubles();
        if (low.Length != high.Length || low.Length == 0 || spectra.Length % low.Length != 0 || spectra.Length / low.Length > listed.Length)
            throw MapErrors.Unsupported(
                path, $"{listed.Length} values, {low.Length} and {high.Length} energies and {spectra.Length} transmissions",
                "a row of transmissions for each value");
        double[] energies = [.. low.Zip(high, (a, b) => Math.Sqrt(a * b) * TeVPerKeV)];
        // For a value listed twice, the first row is used. Values beyond the number of rows are padding.
        var rows = Enumerable.Range(0, spectra.Length / low.Length).DistinctBy(row => listed[row]).OrderBy(row => listed[row]).ToArray();
        return new EblAbsorption(
            [.. rows.Select(row => listed[row])], energies,
                [.. rows.SelectMany(row => spectra[(row * low.Length)..((row + 1) * low.Length)])], redshift, alphaNorm);
    }

    private static FitsColumn Column(FitsFile file, string hdu, string column) =>
        (file.Find(hdu) as FitsTable)?.Find(column)
            ?? throw MapErrors.Unsupported(file.Name, $"no column {column} in a table {hdu}", "an XSPEC table model");
}
