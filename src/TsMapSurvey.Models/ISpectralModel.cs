namespace TsMapSurvey.Models;

/// <summary>
/// A differential flux φ(E) in cm⁻² s⁻¹ TeV⁻¹, or a norm model: a dimensionless factor of a flux or of counts. Energies are in TeV.
/// </summary>
public interface ISpectralModel
{
    /// <summary>Whether the values are dimensionless; the integrals then have the units TeV and TeV².</summary>
    bool IsNorm => false;

    /// <summary>Whether the model needs files other than its YAML.</summary>
    bool NeedsFiles => false;

    /// <summary>φ(E) in cm⁻² s⁻¹ TeV⁻¹.</summary>
    double Differential(double energyTeV);

    /// <summary>∫ φ dE between two energies, in cm⁻² s⁻¹.</summary>
    double Integral(double minTeV, double maxTeV);

    /// <summary>∫ E φ dE between two energies, in TeV cm⁻² s⁻¹.</summary>
    double EnergyIntegral(double minTeV, double maxTeV);
}
