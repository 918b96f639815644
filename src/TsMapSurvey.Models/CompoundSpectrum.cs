using TsMapSurvey.Maps;

namespace TsMapSurvey.Models;

/// <summary>
/// Two spectra combined by an operator: gammapy's CompoundSpectralModel, integrated numerically as there. The sum and difference of two
/// fluxes or of two pure numbers, a flux times or divided by a pure number, the ratio of two fluxes; powers are of pure numbers.
/// </summary>
public sealed record CompoundSpectrum : ISpectralModel
{
    /// <exception cref="MapException">The units do not go together.</exception>
    public CompoundSpectrum(ISpectralModel first, ISpectralModel second, SpectralOperator @operator)
    {
        (First, Second, Operator) = (first, second, @operator);
        IsNorm = (@operator, first.IsNorm, second.IsNorm) switch
        {
            (SpectralOperator.Add or SpectralOperator.Sub, var a, var b) when a == b => a,
            (SpectralOperator.Mul, false, true) or (SpectralOperator.Mul, true, false) or (SpectralOperator.TrueDiv, false, true) => false,
            (SpectralOperator.Mul or SpectralOperator.TrueDiv or SpectralOperator.Pow, true, true)
                or (SpectralOperator.TrueDiv, false, false) => true,
            _ => throw ModelErrors.BadModel(
                $"the operator {@operator.ToString().ToLowerInvariant()} of {Kind(first)} and {Kind(second)} gives neither a flux nor a "
                    + "pure number"),
        };
    }

    public ISpectralModel First { get; }

    public ISpectralModel Second { get; }

    public SpectralOperator Operator { get; }

    public bool IsNorm { get; }

    public bool NeedsFiles => First.NeedsFiles || Second.NeedsFiles;

    public double Differential(double energyTeV)
    {
        var (first, second) = (First.Differential(energyTeV), Second.Differential(energyTeV));
        return Operator switch
        {
            SpectralOperator.Add => first + second,
            SpectralOperator.Sub => first - second,
            SpectralOperator.Mul => first * second,
            SpectralOperator.TrueDiv => first / second,
            _ => Math.Pow(first, second),
        };
    }

    public double Integral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 0);

    public double EnergyIntegral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 1);

    private static string Kind(ISpectralModel model) => model.IsNorm ? "a pure number" : "a flux";
}
