namespace TsMapSurvey.Maps.Models;

/// <summary>A differential flux φ(E) in cm⁻² s⁻¹ TeV⁻¹; energies in TeV.</summary>
public interface ISpectralModel
{
    /// <summary>φ(E) in cm⁻² s⁻¹ TeV⁻¹.</summary>
    double Differential(double energyTeV);

    /// <summary>∫ φ dE between two energies, in cm⁻² s⁻¹.</summary>
    double Integral(double minTeV, double maxTeV);

    /// <summary>∫ E φ dE between two energies, in TeV cm⁻² s⁻¹.</summary>
    double EnergyIntegral(double minTeV, double maxTeV);
}
