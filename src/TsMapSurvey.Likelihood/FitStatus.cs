namespace TsMapSurvey.Likelihood;

/// <summary>How a pixel's fit ended; stored as an integer in the STATUS map.</summary>
[Flags]
public enum FitStatus
{
    None = 0,

    /// <summary>The norm is the root of g, or the bound where g has none.</summary>
    Converged = 1,

    /// <summary>The norm is N_min: below it some entry's μ would be negative.</summary>
    BoundHit = 2,

    /// <summary>No counts where the kernel is above zero: the norm is N_min and has no symmetric error.</summary>
    NoCounts = 4,

    /// <summary>No exposure under the kernel: nothing can be fitted, all quantities are NaN.</summary>
    NoExposure = 8,

    /// <summary>Both asymmetric errors exist.</summary>
    ErrorsOk = 16,

    /// <summary>The upper limit exists.</summary>
    UpperLimitOk = 32,

    /// <summary>One entry has all the counts under the kernel: the norm is known in closed form, where gammapy's root finder
    /// fails.</summary>
    SingleEntry = 64,
}
