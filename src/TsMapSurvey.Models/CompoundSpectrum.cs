using TsMapSurvey.Maps;

namespace TsMapSurvey.Models;

/// <summary>
/// gammapy's CompoundSpectralModel: two spectra combined by an operator, integrated numerically. Supported are the sum and difference of
/// two fluxes or of two dimensionless models, a flux times or divided by a dimensionless model, the ratio of two fluxes, and powers of
/// dimensionless models.
/// </summary>
public sealed record CompoundSpectrum : ISpectralModel
{
    /// <exception cref="MapException">The operator does not support the units of the two models.</exception>
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
                $"found the operator {@operator.ToString().ToLowerInvariant()} between {Kind(first)} and {Kind(second)}, "
                    + "expected a combination that gives a flux or a dimensionless number"),
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

    private static string Kind(ISpectralModel model) => model.IsNorm ? "a dimensionless model" : "a flux";
}
