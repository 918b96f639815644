namespace TsMapSurvey.Models;

/// <summary>How two spectra are combined, by the names that Python's operators have in gammapy's files.</summary>
public enum SpectralOperator
{
    Add,
    Sub,
    Mul,
    TrueDiv,
    Pow,
}
