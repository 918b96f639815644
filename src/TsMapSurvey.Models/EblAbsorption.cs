using TsMapSurvey.Maps;

namespace TsMapSurvey.Models;

/// <summary>
/// gammapy's EBLAbsorptionNormSpectralModel: the fraction of a source's light that the extragalactic background light transmits. A table
/// of transmission against redshift and energy is interpolated linearly in redshift and in the logarithms of energy and transmission;
/// the result is clamped to 0 ... 1.
/// </summary>
public sealed record EblAbsorption : ISpectralModel
{
    private readonly MultilinearTable _table;

    /// <param name="redshifts">Increasing.</param>
    /// <param name="energiesTeV">Above zero, increasing.</param>
    /// <param name="transmissions">One row of energies for each redshift.</param>
    /// <param name="alphaNorm">Exponent of the transmission, which is a factor of the optical depth.</param>
    /// <exception cref="MapException">The nodes are not increasing, or the number of transmissions is wrong.</exception>
    public EblAbsorption(
        IReadOnlyList<double> redshifts, IReadOnlyList<double> energiesTeV, IReadOnlyList<double> transmissions, double redshift = 0.1,
            double alphaNorm = 1)
    {
        Check(redshifts, "redshift", double.NegativeInfinity);
        Check(energiesTeV, "energy", 0);
        if (transmissions.Count != redshifts.Count * (long)energiesTeV.Count)
            throw ModelErrors.BadModel(
                $"absorption: found {transmissions.Count} values, expected {redshifts.Count} redshifts times {energiesTeV.Count} "
                + "energies");
        if (transmissions.Any(value => !double.IsFinite(value)))
            throw ModelErrors.BadModel("absorption: found a NaN or infinite value, expected finite transmissions");
        (Redshifts, EnergiesTeV, Transmissions, Redshift, AlphaNorm) = (redshifts, energiesTeV, transmissions, redshift, alphaNorm);
        _table = new MultilinearTable(
            [[.. redshifts], [.. energiesTeV.Select(energy => Math.Log(energy))]],
            [.. transmissions.Select(value => LogValues.ToLog(value))]);
    }

    public IReadOnlyList<double> Redshifts { get; }

    public IReadOnlyList<double> EnergiesTeV { get; }

    public IReadOnlyList<double> Transmissions { get; }

    public double Redshift { get; }

    public double AlphaNorm { get; }

    public bool IsNorm => true;

    public double Differential(double energyTeV) =>
        Math.Pow(Math.Clamp(LogValues.ToValue(_table.Interpolate(Redshift, Math.Log(energyTeV))), 0, 1), AlphaNorm);

    public double Integral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 0);

    public double EnergyIntegral(double minTeV, double maxTeV) => LogLogTrapezoid.Integrate(this, minTeV, maxTeV, 1);

    private static void Check(IReadOnlyList<double> nodes, string what, double above)
    {
        if (nodes.Count == 0) throw ModelErrors.BadModel($"absorption: found no {what}, expected at least one");
        for (var i = 0; i < nodes.Count; i++)
            if (!double.IsFinite(nodes[i]) || !(nodes[i] > (i == 0 ? above : nodes[i - 1])))
                throw ModelErrors.BadModel(
                    $"absorption: {what} {i + 1} is {nodes[i]}, expected a number above {(i == 0 ? above : nodes[i - 1])}");
    }
}
