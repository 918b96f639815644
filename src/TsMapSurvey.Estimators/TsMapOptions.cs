using System.Globalization;
using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators;

/// <summary>The parameters of the estimator, with gammapy's meanings and defaults.</summary>
public sealed record TsMapOptions
{
    private const string None = "None";

    /// <summary>The source whose norm is fitted.</summary>
    public SkyModel Model { get; init; } = SkyModel.Default;

    /// <summary>Known sources, which are added to the background of their datasets, and corrections of the background.</summary>
    public IReadOnlyList<ModelComponent> BackgroundModels { get; init; } = [];

    /// <summary>kernel_width: the largest width of a kernel in degrees; null for the longer side of the datasets' image.</summary>
    public double? KernelWidthDeg { get; init; }

    /// <summary>n_sigma: confidence of norm_err, norm_errn and norm_errp in standard deviations.</summary>
    public double NSigma { get; init; } = 1;

    /// <summary>n_sigma_ul: confidence of the upper limit in standard deviations.</summary>
    public double NSigmaUl { get; init; } = 2;

    /// <summary>n_sigma_sensitivity: the expected significance of a source whose norm is the sensitivity.</summary>
    public double NSigmaSensitivity { get; init; } = 5;

    /// <summary>norm: the ends of the likelihood profile's grid.</summary>
    public NormScan Norm { get; init; } = new();

    /// <summary>threshold: pixels are not fitted and keep the guessed norm if its TS is at most this. Null to fit all pixels.</summary>
    public double? Threshold { get; init; }

    /// <summary>rtol: relative precision of the norm.</summary>
    public double Rtol { get; init; } = 0.01;

    /// <summary>max_niter: largest number of iterations of the root finder.</summary>
    public int MaxNiter { get; init; } = 100;

    public TsMapSelection Selection { get; init; }

    /// <summary>energy_edges in TeV, which are moved to the dataset's nearest edges. Null for one bin over the whole axis.</summary>
    public IReadOnlyList<double>? EnergyEdgesTeV { get; init; }

    /// <summary>One map bin per reco energy bin (<c>--energy-edges all</c>); <see cref="EnergyEdgesTeV"/> must then be null.</summary>
    public bool AllEnergyBins { get; init; }

    /// <summary>sum_over_energy_groups: whether to sum the bins of a group before the fit; otherwise they are fitted jointly.</summary>
    public bool SumOverEnergyGroups { get; init; } = true;

    /// <summary>downsampling_factor: fit on blocks of factor x factor pixels and interpolate the maps; a power of two. Null or 1 for
    /// none.</summary>
    public int? DownsamplingFactor { get; init; }

    /// <summary>n_jobs: number of threads.</summary>
    public int NJobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Limit of the PSF's radius in the kernel, which a noisy PSF table can make far too large.</summary>
    public double MaxPsfRadiusDeg { get; init; } = 5;

    /// <summary>The position whose PSF and energy dispersion all pixels have; null for the centre of the image, as in gammapy.</summary>
    /// <remarks>Set for the zones of an image, which neither strips nor downsampling divide.</remarks>
    internal SkyPosition? ResponsesAt { get; init; }

    /// <summary>One message for every value that is out of range, with gammapy's name of the parameter.</summary>
    public IEnumerable<string> Problems()
    {
        if (KernelWidthDeg is { } width && !(width is > 0 and <= 60))
            yield return $"kernel_width: found {width} deg, expected above 0 and at most 60";
        if (!(NSigma is > 0 and <= 100)) yield return $"n_sigma: found {NSigma}, expected above 0 and at most 100";
        if (!(NSigmaUl is > 0 and <= 100)) yield return $"n_sigma_ul: found {NSigmaUl}, expected above 0 and at most 100";
        if (!(NSigmaSensitivity is > 0 and <= 100))
            yield return $"n_sigma_sensitivity: found {NSigmaSensitivity}, expected above 0 and at most 100";
        if (!(Norm.Min < Norm.Max && double.IsFinite(Norm.Max - Norm.Min)))
            yield return $"norm: found scan_min={Norm.Min},scan_max={Norm.Max}, expected finite numbers, scan_min below scan_max";
        if (!(Rtol is > 0 and < 1)) yield return $"rtol: found {Rtol}, expected between 0 and 1";
        if (Threshold is { } threshold && !double.IsFinite(threshold))
            yield return $"threshold: found {threshold}, expected a finite number";
        if (MaxNiter < 1) yield return $"max_niter: found {MaxNiter}, expected 1 or more";
        if (DownsamplingFactor is { } factor && !CoarseGrid.Factors.Contains(factor))
            yield return $"downsampling_factor: found {factor}, expected one of {string.Join(", ", CoarseGrid.Factors)}";
        if (NJobs < 1) yield return $"n_jobs: found {NJobs}, expected 1 or more";
        if (!(MaxPsfRadiusDeg is > 0 and <= 60))
            yield return $"max_psf_radius: found {MaxPsfRadiusDeg} deg, expected above 0 and at most 60";
        if (EnergyEdgesTeV is { } edges
            && (edges.Count < 2 || edges.Zip(edges.Skip(1)).Any(pair => !(pair.Second > pair.First && pair.First > 0))))
            yield return $"energy_edges: found {string.Join(", ", edges)} TeV, expected two or more, positive and increasing";
        if (AllEnergyBins && EnergyEdgesTeV is not null) yield return "energy_edges: found both a list and 'all', expected one of them";
    }

    /// <summary>The configuration in gammapy's form: one line for each parameter with gammapy's name, then the model as YAML.</summary>
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
        var lines = string.Concat(parameters.Select(parameter => $"  {parameter.Name,-24}: {parameter.Value}\n"));
        return $"TSMapEstimator\n{lines}\n{SkyModelYaml.Write(Model)}";
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
