using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Units;
using TsMapSurvey.Models.Yaml;

namespace TsMapSurvey.Models;

/// <summary>
/// gammapy's TemplateNDSpectralModel: a table of spectra over one or more parameters, in a FITS file. The logarithms of the values are
/// interpolated linearly in the bins of energy and parameters, and continued beyond the ends.
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

    /// <summary>Full path.</summary>
    public string FileName { get; }

    public IReadOnlyList<TableParameter> Parameters { get; }

    public bool IsNorm { get; }

    public bool NeedsFiles => true;

    /// <param name="given">Values of parameters in their axes' units; of others the middle of the axis is taken.</param>
    /// <exception cref="MapException">No table of one spatial bin with an axis energy_true, or a wrong unit.</exception>
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
        var (logs, parameters) = MapSlices.AtParameters(map, value => LogValues.Of(value * factor), "energy_true", given);
        return new TableSpectrum(energy, logs, Path.GetFullPath(path), parameters, isNorm);
    }

    public double Differential(double energyTeV) => LogValues.Back(_table.At(_energy.CoordinateToPixel(energyTeV)));

    public double Integral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 0);

    public double EnergyIntegral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 1);
}
