namespace TsMapSurvey.Likelihood;

/// <summary>The result of a pixel's fit; stored as an integer in the STATUS map.</summary>
[Flags]
public enum FitStatus
{
    None = 0,

    /// <summary>The norm is the root of g, or the bound if g has no root.</summary>
    Converged = 1,

    /// <summary>The norm is its lower bound N_min: below it, μ of some entry would be negative.</summary>
    BoundHit = 2,

    /// <summary>There are no counts where the kernel is positive: the norm is N_min and has no symmetric error.</summary>
    NoCounts = 4,

    /// <summary>There is no exposure inside the kernel: no fit, and all quantities are NaN.</summary>
    NoExposure = 8,

    /// <summary>Both asymmetric errors exist.</summary>
    ErrorsOk = 16,

    /// <summary>The upper limit exists.</summary>
    UpperLimitOk = 32,

    /// <summary>One entry has all counts inside the kernel: the norm is computed in closed form. gammapy's root finder fails
    /// here.</summary>
    SingleEntry = 64,
}
