using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Estimators;

/// <summary>What the fit of a dataset uses, on its geometry: zero where masked.</summary>
/// <param name="Exposure">Counts for norm 1 in each reco energy bin.</param>
public sealed record FitInputMaps(Map<double> Counts, Map<double> Background, Map<double> Exposure, Map<bool> Mask, SourceKernel Kernel);
