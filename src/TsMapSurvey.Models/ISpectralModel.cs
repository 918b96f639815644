namespace TsMapSurvey.Models;

/// <summary>
/// A differential flux φ(E) in cm⁻² s⁻¹ TeV⁻¹, or a norm model: a pure number to multiply a flux or counts with. Energies in TeV.
/// </summary>
public interface ISpectralModel
{
    /// <summary>Whether the values are pure numbers; then those of the integrals are in TeV and TeV².</summary>
    bool IsNorm => false;

    /// <summary>Whether anything of it is in another file than the YAML.</summary>
    bool NeedsFiles => false;

    /// <summary>φ(E) in cm⁻² s⁻¹ TeV⁻¹.</summary>
    double Differential(double energyTeV);

    /// <summary>∫ φ dE between two energies, in cm⁻² s⁻¹.</summary>
    double Integral(double minTeV, double maxTeV);

    /// <summary>∫ E φ dE between two energies, in TeV cm⁻² s⁻¹.</summary>
    double EnergyIntegral(double minTeV, double maxTeV);
}
