using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>The best norms of a block, around which its likelihood profiles are followed.</summary>
/// <param name="Norm">N; the bound where the fit found no root.</param>
/// <param name="Error">norm_err.</param>
/// <param name="LargestRatio">The largest m/b of all entries: below -1 over it some μ is negative.</param>
/// <param name="HasLimit">Where an upper limit is given: where the norm is known.</param>
/// <param name="HasErrors">Where there are counts under the kernel too.</param>
internal readonly record struct BlockNorm<T>(T Norm, T Error, T LargestRatio, T HasLimit, T HasErrors)
    where T : struct, ILanes<T>;
