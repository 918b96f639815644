namespace TsMapSurvey.Models;

/// <summary>Operators of two spectra, with the names of Python's operators that gammapy's files use.</summary>
public enum SpectralOperator
{
    Add,
    Sub,
    Mul,
    TrueDiv,
    Pow,
}
