using TsMapSurvey.Maps;

namespace TsMapSurvey.Models;

/// <summary>
/// A pure number given at some energies: gammapy's PiecewiseNormSpectralModel. Between two of them it is interpolated, beyond the first
/// and the last it stays as it is there.
/// </summary>
public sealed record PiecewiseNorm : ISpectralModel
{
    private readonly double[] _points;
    private readonly double[] _values;

    /// <param name="energiesTeV">Two or more, above zero, increasing.</param>
    /// <param name="norms">As many; with <paramref name="isLinear"/> unset zero and less count as the smallest normal number.</param>
    /// <param name="isLinear">Whether energies and norms are interpolated as they are; else their logarithms.</param>
    /// <exception cref="MapException">They are not.</exception>
    public PiecewiseNorm(IReadOnlyList<double> energiesTeV, IReadOnlyList<double> norms, bool isLinear = false)
    {
        if (energiesTeV.Count < 2 || energiesTeV.Count != norms.Count)
            throw ModelErrors.BadModel(
                $"piecewise norm: found {energiesTeV.Count} energies and {norms.Count} norms, expected as many, two or more");
        for (var i = 0; i < norms.Count; i++)
        {
            if (!double.IsFinite(energiesTeV[i]) || !(energiesTeV[i] > (i == 0 ? 0 : energiesTeV[i - 1])))
                throw ModelErrors.BadModel(
                    $"piecewise norm: energy {i + 1} is {energiesTeV[i]} TeV, expected above zero and above the one before");
            if (!double.IsFinite(norms[i])) throw ModelErrors.BadModel($"piecewise norm: norm_{i} is {norms[i]}, expected a number");
        }

        (EnergiesTeV, Norms, IsLinear) = (energiesTeV, norms, isLinear);
        _points = [.. energiesTeV.Select(energy => isLinear ? energy : Math.Log(energy))];
        _values = [.. norms.Select(norm => isLinear ? norm : LogValues.Of(norm))];
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
        var way = (point - _points[upper - 1]) / (_points[upper] - _points[upper - 1]);
        var value = _values[upper - 1] + way * (_values[upper] - _values[upper - 1]);
        return IsLinear ? value : LogValues.Back(value);
    }

    public double Integral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 0);

    public double EnergyIntegral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 1);
}
