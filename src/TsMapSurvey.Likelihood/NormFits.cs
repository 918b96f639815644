using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>The best norms of a block.</summary>
/// <param name="Norm">The root of g; -∞ where there is none, for the caller to stop at its bound.</param>
/// <param name="Iterations">Evaluations of g.</param>
/// <param name="Curvature">Σ n / (N + b/m)² at the norm.</param>
/// <param name="Converged">Where the norm is the root, or where without counts the bound is the answer.</param>
/// <param name="NoCounts">Where no entry with signal has counts; entries that the source does not reach may have some.</param>
/// <param name="SingleEntry">Where one entry has all the counts: the root is n/S - b/m, for which gammapy finds no bracket.</param>
public readonly record struct NormFits<T>(T Norm, T Iterations, T Curvature, T Converged, T NoCounts, T SingleEntry)
    where T : struct, ILanes<T>;
