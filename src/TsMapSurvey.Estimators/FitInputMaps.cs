using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Estimators;

/// <summary>The inputs of a dataset's fit, on its geometry; zero where masked.</summary>
/// <param name="Exposure">Predicted counts for norm 1 in each reco energy bin.</param>
public sealed record FitInputMaps(Map<double> Counts, Map<double> Background, Map<double> Exposure, Map<bool> Mask, SourceKernel Kernel);
