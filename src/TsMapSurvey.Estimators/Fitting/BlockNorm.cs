using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>The best-fit norms of a block, the starting points of its likelihood profiles.</summary>
/// <param name="Norm">The best-fit norm; the lower bound if the fit found no root.</param>
/// <param name="Error">norm_err.</param>
/// <param name="LargestRatio">The largest m/b of all entries; for norms below -1 divided by it, some μ is negative.</param>
/// <param name="HasLimit">Mask of the lanes with an upper limit: the fit converged.</param>
/// <param name="HasErrors">Mask of the lanes with errors: the fit converged and there are counts under the kernel.</param>
internal readonly record struct BlockNorm<T>(T Norm, T Error, T LargestRatio, T HasLimit, T HasErrors)
    where T : struct, ILanes<T>;
