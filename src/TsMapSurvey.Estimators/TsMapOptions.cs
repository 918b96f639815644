using System.Globalization;
using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Models;

namespace TsMapSurvey.Estimators;

/// <summary>Every parameter of the estimator, with gammapy's meaning and default.</summary>
public sealed record TsMapOptions
{
    private const string None = "None";

    /// <summary>The source whose norm is fitted.</summary>
    public SkyModel Model { get; init; } = SkyModel.Default;

    /// <summary>Known sources, added to the background of the datasets that they are for, and corrections of the background.</summary>
    public IReadOnlyList<ModelComponent> BackgroundModels { get; init; } = [];

    /// <summary>kernel_width in degrees, the widest that a kernel may be; null: the longer side of the datasets' image.</summary>
    public double? KernelWidthDeg { get; init; }

    /// <summary>n_sigma: confidence of norm_err, norm_errn and norm_errp.</summary>
    public double NSigma { get; init; } = 1;

    /// <summary>n_sigma_ul: confidence of the upper limit.</summary>
    public double NSigmaUl { get; init; } = 2;

    /// <summary>n_sigma_sensitivity: the significance at which a source of the sensitivity's norm is expected.</summary>
    public double NSigmaSensitivity { get; init; } = 5;

    /// <summary>norm: the ends of the likelihood profile's grid.</summary>
    public NormScan Norm { get; init; } = new();

    /// <summary>threshold: the guessed norm stands where its TS is not above this, and nothing is fitted. Null: all is fitted.</summary>
    public double? Threshold { get; init; }

    /// <summary>rtol: relative precision of the norm.</summary>
    public double Rtol { get; init; } = 0.01;

    /// <summary>max_niter: most iterations of the root finder.</summary>
    public int MaxNiter { get; init; } = 100;

    public TsMapSelection Selection { get; init; }

    /// <summary>energy_edges in TeV: a map bin between each two, by the dataset's nearest edges. Null: one bin over the axis.</summary>
    public IReadOnlyList<double>? EnergyEdgesTeV { get; init; }

    /// <summary>One map bin per reco energy bin (<c>--energy-edges all</c>); excludes <see cref="EnergyEdgesTeV"/>.</summary>
    public bool AllEnergyBins { get; init; }

    /// <summary>sum_over_energy_groups: sum counts and background of a group before the fit, or fit its bins together.</summary>
    public bool SumOverEnergyGroups { get; init; } = true;

    /// <summary>downsampling_factor: fit on pixels of factor x factor, and interpolate the maps; a power of two. Null or 1: no.</summary>
    public int? DownsamplingFactor { get; init; }

    /// <summary>n_jobs: threads.</summary>
    public int NJobs { get; init; } = Environment.ProcessorCount;

    /// <summary>The kernel's half width is never more than this: a noisy PSF table cannot make a 10 degree kernel.</summary>
    public double MaxPsfRadiusDeg { get; init; } = 5;

    /// <summary>Every value that is out of range, as messages that name gammapy's parameter.</summary>
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
        if (Threshold is { } threshold && !double.IsFinite(threshold)) yield return $"threshold: found {threshold}, expected a number";
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

    /// <summary>The configuration as gammapy prints one: each parameter by gammapy's name on a line, then the model as YAML.</summary>
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
