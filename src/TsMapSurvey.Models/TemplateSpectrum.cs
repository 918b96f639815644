using TsMapSurvey.Maps;

namespace TsMapSurvey.Models;

/// <summary>
/// gammapy's TemplateSpectralModel: a table of energies and differential fluxes. Between and beyond the energies it is a power law
/// through the two nearest values; a single value applies to all energies. A flux of zero is replaced by the smallest normal number.
/// </summary>
public sealed record TemplateSpectrum : ISpectralModel
{
    private readonly double[] _logEnergies;
    private readonly double[] _logValues;

    /// <param name="energiesTeV">Above zero, increasing.</param>
    /// <param name="values">One for each energy, in cm⁻² s⁻¹ TeV⁻¹, 0 or more.</param>
    /// <exception cref="MapException">The energies or values are not as described.</exception>
    public TemplateSpectrum(IReadOnlyList<double> energiesTeV, IReadOnlyList<double> values)
    {
        if (energiesTeV.Count == 0 || energiesTeV.Count != values.Count)
            throw ModelErrors.BadModel(
                $"template spectrum: found {energiesTeV.Count} energies and {values.Count} values, expected equal numbers of one or more");
        for (var i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(energiesTeV[i]) || !(energiesTeV[i] > (i == 0 ? 0 : energiesTeV[i - 1])))
                throw ModelErrors.BadModel(
                    $"template spectrum: energy {i + 1} is {energiesTeV[i]} TeV, expected above zero and above the previous energy");
            if (!double.IsFinite(values[i]) || values[i] < 0)
                throw ModelErrors.BadModel($"template spectrum: value {i + 1} is {values[i]}, expected 0 or more");
        }

        (EnergiesTeV, Values) = (energiesTeV, values);
        _logEnergies = [.. energiesTeV.Select(energy => Math.Log(energy))];
        _logValues = [.. values.Select(value => LogValues.ToLog(value))];
    }

    public IReadOnlyList<double> EnergiesTeV { get; }

    public IReadOnlyList<double> Values { get; }

    public double Differential(double energyTeV)
    {
        if (_logEnergies.Length == 1) return Values[0];
        var log = Math.Log(energyTeV);
        var found = Array.BinarySearch(_logEnergies, log);
        var upper = Math.Clamp(found < 0 ? ~found : found, 1, _logEnergies.Length - 1);
        var fraction = (log - _logEnergies[upper - 1]) / (_logEnergies[upper] - _logEnergies[upper - 1]);
        return LogValues.ToValue(_logValues[upper - 1] + fraction * (_logValues[upper] - _logValues[upper - 1]));
    }

    public double Integral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 0);

    public double EnergyIntegral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 1);
}
