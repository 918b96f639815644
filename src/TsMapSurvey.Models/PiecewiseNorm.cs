using TsMapSurvey.Maps;

namespace TsMapSurvey.Models;

/// <summary>
/// gammapy's PiecewiseNormSpectralModel: norms at given energies, interpolated between them and constant beyond the first and the last.
/// </summary>
public sealed record PiecewiseNorm : ISpectralModel
{
    private readonly double[] _points;
    private readonly double[] _values;

    /// <param name="energiesTeV">Two or more, above zero, increasing.</param>
    /// <param name="norms">One for each energy. For logarithms, values of zero and below are replaced by the smallest normal
    /// number.</param>
    /// <param name="isLinear">Interpolates energies and norms; false interpolates their logarithms.</param>
    /// <exception cref="MapException">The energies or norms are not as described.</exception>
    public PiecewiseNorm(IReadOnlyList<double> energiesTeV, IReadOnlyList<double> norms, bool isLinear = false)
    {
        if (energiesTeV.Count < 2 || energiesTeV.Count != norms.Count)
            throw ModelErrors.BadModel(
                $"piecewise norm: found {energiesTeV.Count} energies and {norms.Count} norms, expected equal numbers of two or more");
        for (var i = 0; i < norms.Count; i++)
        {
            if (!double.IsFinite(energiesTeV[i]) || !(energiesTeV[i] > (i == 0 ? 0 : energiesTeV[i - 1])))
                throw ModelErrors.BadModel(
                    $"piecewise norm: energy {i + 1} is {energiesTeV[i]} TeV, expected above zero and above the previous energy");
            if (!double.IsFinite(norms[i])) throw ModelErrors.BadModel($"piecewise norm: norm_{i} is {norms[i]}, expected a finite number");
        }

        (EnergiesTeV, Norms, IsLinear) = (energiesTeV, norms, isLinear);
        _points = [.. energiesTeV.Select(energy => isLinear ? energy : Math.Log(energy))];
        _values = [.. norms.Select(norm => isLinear ? norm : LogValues.ToLog(norm))];
    }

    public IReadOnlyList<double> EnergiesTeV { get; }

    public IReadOnlyList<double> Norms { get; }

    public bool IsLinear { get; }

    public bool IsNorm => true;

    public double Differential(double energyTeV)
    {
        var point = Math.Clamp(IsLinear ? energyTeV : Math.Log(energyTeV), _points[0], _points[^1]);
        var found = Array.BinarySearch(_points, point);
        var upper = Math.Clamp(found < 0 ? ~found : found, 1, _points.Length - 1);
        var fraction = (point - _points[upper - 1]) / (_points[upper] - _points[upper - 1]);
        var value = _values[upper - 1] + fraction * (_values[upper] - _values[upper - 1]);
        return IsLinear ? value : LogValues.ToValue(value);
    }

    public double Integral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 0);

    public double EnergyIntegral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 1);
}
