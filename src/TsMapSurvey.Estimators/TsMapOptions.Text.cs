using System.Globalization;
using TsMapSurvey.Models;

namespace TsMapSurvey.Estimators;

public sealed partial record TsMapOptions
{
    private const string None = "None";

    /// <summary>The configuration as gammapy prints one: each parameter by gammapy's name on a line of its own, then the model as YAML.</summary>
    public override string ToString()
    {
        (string Name, string Value)[] parameters =
        [
            ("kernel_width", KernelWidthDeg is { } width ? $"{Number(width)} deg" : None),
            ("downsampling_factor", DownsamplingFactor is { } factor ? Number(factor) : None),
            ("n_sigma", Number(NSigma)),
            ("n_sigma_ul", Number(NSigmaUl)),
            ("n_sigma_sensitivity", Number(NSigmaSensitivity)),
            ("threshold", Threshold is { } threshold ? Number(threshold) : None),
            ("rtol", Number(Rtol)),
            ("selection_optional", string.Join(", ", SelectionNames.Of(Selection)) is { Length: > 0 } names ? names : None),
            ("energy_edges", AllEnergyBins ? "all" : EnergyEdgesTeV is { } edges ? $"{string.Join(", ", edges.Select(Number))} TeV" : None),
            ("sum_over_energy_groups", SumOverEnergyGroups ? "True" : "False"),
            ("n_jobs", Number(NJobs)),
            ("norm", $"scan_min={Number(Norm.Min)}, scan_max={Number(Norm.Max)}"),
            ("max_niter", Number(MaxNiter)),
            ("max_psf_radius", $"{Number(MaxPsfRadiusDeg)} deg"),
            ("background_models", BackgroundModels.Count == 0 ? None : string.Join(", ", BackgroundModels.Select(model => model.Name))),
        ];
        return $"TSMapEstimator\n{string.Concat(parameters.Select(parameter => $"  {parameter.Name,-24}: {parameter.Value}\n"))}\n{SkyModelYaml.Write(Model)}";
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
