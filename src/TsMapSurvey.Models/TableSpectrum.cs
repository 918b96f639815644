using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Units;
using TsMapSurvey.Models.Yaml;

namespace TsMapSurvey.Models;

/// <summary>
/// gammapy's TemplateNDSpectralModel: a table of spectra over one or more parameters, in a FITS file. The logarithms of the values are
/// interpolated linearly in the bin coordinates of energy and parameters, and extrapolated beyond the ends.
/// </summary>
public sealed record TableSpectrum : ISpectralModel
{
    private readonly MapAxis _energy;
    private readonly MultilinearTable _table;

    private TableSpectrum(MapAxis energy, double[] logs, string fileName, IReadOnlyList<TableParameter> parameters, bool isNorm)
    {
        (_energy, FileName, Parameters, IsNorm) = (energy, fileName, parameters, isNorm);
        _table = new MultilinearTable([MapSlices.Pixels(energy)], logs);
    }

    /// <summary>Full path of the table.</summary>
    public string FileName { get; }

    public IReadOnlyList<TableParameter> Parameters { get; }

    public bool IsNorm { get; }

    public bool NeedsFiles => true;

    /// <param name="given">Parameter values in the units of their axes; the middle of the axis is used for a parameter without
    /// value.</param>
    /// <exception cref="MapException">The file has no table with one spatial bin and an axis energy_true, or its unit is wrong.</exception>
    /// <exception cref="FitsException">The file is damaged.</exception>
    public static TableSpectrum Read(string path, IReadOnlyList<TableParameter> given)
    {
        using var file = FitsFile.Open(path);
        var hdu = file.Hdus.FirstOrDefault(hdu => hdu is FitsTable table && table.Find("DATA") is not null)
            ?? throw MapErrors.Unsupported(path, "no table with a column DATA", "a table of spectra");
        var map = MapReader.Read(file, hdu);
        var energy = map.Geometry.FindAxis("energy_true") ?? throw MapErrors.Unsupported(path, "no axis energy_true", "a table of spectra");
        var unit = Unit.Parse(map.Unit);
        var isNorm = unit == Unit.None;
        var factor = isNorm ? 1 : unit.To(Unit.Parse(SpectralKinds.FluxUnit), path);
        var (logs, parameters) = MapSlices.AtParameters(map, value => LogValues.ToLog(value * factor), "energy_true", given);
        return new TableSpectrum(energy, logs, Path.GetFullPath(path), parameters, isNorm);
    }

    public double Differential(double energyTeV) => LogValues.ToValue(_table.Interpolate(_energy.CoordinateToPixel(energyTeV)));

    public double Integral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 0);

    public double EnergyIntegral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 1);
}
