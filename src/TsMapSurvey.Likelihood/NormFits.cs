using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood;

/// <summary>The best norms of a block.</summary>
/// <param name="Norm">The root of g; -∞ if there is none, so that the caller uses its lower bound.</param>
/// <param name="Iterations">Number of evaluations of g.</param>
/// <param name="Curvature">Σ n / (N + b/m)² at the norm.</param>
/// <param name="Converged">Mask: the norm is the root, or there are no counts and the bound is the result.</param>
/// <param name="NoCounts">Mask: no entry with signal has counts. Entries without signal may have counts.</param>
/// <param name="SingleEntry">Mask: one entry has all counts, so the root is n/S - b/m. gammapy finds no bracket for it.</param>
public readonly record struct NormFits<T>(T Norm, T Iterations, T Curvature, T Converged, T NoCounts, T SingleEntry)
    where T : struct, ILanes<T>;
