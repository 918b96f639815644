using System.CommandLine;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Estimators;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Units;
using TsMapSurvey.Models;

namespace TsMapSurvey.Cli.Estimator;

/// <summary>One option for every parameter of the estimator, with gammapy's meaning and default.</summary>
internal sealed class EstimatorOptions
{
    private static readonly TsMapOptions Defaults = new();

    private readonly Option<string?> _kernelWidth = new("--kernel-width") { Description = "Widest kernel, e.g. \"1 deg\" [default: as wide as PSF and source need, at most the image]" };
    private readonly Option<double> _nSigma = new("--n-sigma") { Description = "Confidence of the errors, in sigma", DefaultValueFactory = _ => Defaults.NSigma };
    private readonly Option<double> _nSigmaUl = new("--n-sigma-ul") { Description = "Confidence of the upper limits, in sigma", DefaultValueFactory = _ => Defaults.NSigmaUl };
    private readonly Option<double?> _threshold = new("--threshold") { Description = "Fit only where the TS of the guessed norm is above this [default: fit everywhere]" };
    private readonly Option<double> _rtol = new("--rtol") { Description = "Relative precision of the norm", DefaultValueFactory = _ => Defaults.Rtol };
    private readonly Option<int> _maxNiter = new("--max-niter") { Description = "Most iterations of a fit", DefaultValueFactory = _ => Defaults.MaxNiter };
    private readonly Option<string?> _selection = new(SelectionWords.Option) { Description = $"Further quantities, one or several: {string.Join(", ", SelectionNames.Known)}" };
    private readonly Option<double> _nSigmaSensitivity = new("--n-sigma-sensitivity") { Description = "Significance at which a source of the sensitivity is expected", DefaultValueFactory = _ => Defaults.NSigmaSensitivity };
    private readonly Option<string?> _norm = new("--norm") { Description = "Ends of the likelihood profile's norms [default: scan_min=-100,scan_max=100]" };
    private readonly Option<string?> _energyEdges = new("--energy-edges") { Description = "Edges of the map's energy bins, e.g. \"10 GeV,100 GeV\", or \"all\" [default: one bin over the whole axis]" };
    private readonly Option<string> _sum = new("--sum-over-energy-groups") { Description = "true: sum counts over energy before the fit; false: fit the energy bins together", DefaultValueFactory = _ => "true" };
    private readonly Option<int?> _downsampling = new("--downsampling-factor") { Description = "Fit on pixels so many times as wide and interpolate the maps: 2, 4, 8, ..." };
    private readonly Option<int> _nJobs = new("--n-jobs") { Description = "Threads", DefaultValueFactory = _ => Defaults.NJobs };
    private readonly Option<string?> _maxPsfRadius = new("--max-psf-radius") { Description = "The PSF's kernel is cut at this radius [default: 5 deg]" };
    private readonly Option<string> _spatial = new("--spatial") { Description = "Source shape: point, gauss:SIGMA or disk:RADIUS, e.g. gauss:0.2deg", DefaultValueFactory = _ => "point" };
    private readonly Option<double> _index = new("--index") { Description = "Power-law index", DefaultValueFactory = _ => 2 };
    private readonly Option<string> _amplitude = new("--amplitude") { Description = "Differential flux of norm 1 at the reference energy", DefaultValueFactory = _ => "1e-12 cm-2 s-1 TeV-1" };
    private readonly Option<string> _reference = new("--reference") { Description = "Reference energy", DefaultValueFactory = _ => "1 TeV" };
    private readonly Option<string?> _model = new("--model") { Description = "The source as a component of gammapy's model YAML, FILE.yaml or FILE.yaml#NAME, instead of --spatial, --index, --amplitude and --reference" };
    private readonly Option<string?> _backgroundModels = new("--background-models") { Description = "Known sources for the null hypothesis: gammapy's model YAML, every component of it" };

    /// <summary>Where to compute.</summary>
    public BackendOptions Backend { get; } = new();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _kernelWidth, _nSigma, _nSigmaUl, _nSigmaSensitivity, _norm, _threshold, _rtol, _maxNiter, _selection, _energyEdges, _sum, _downsampling, _nJobs, _maxPsfRadius, _spatial, _index, _amplitude, _reference, _model, _backgroundModels })
            command.Add(option);
        Backend.AddTo(command);
    }

    /// <exception cref="UsageException">Every option that is wrong, at once, each by its name.</exception>
    public TsMapOptions Read(ParseResult parsed)
    {
        var problems = new List<string>(Backend.Problems(parsed, _nJobs));
        T? Try<T>(string option, Func<T?> read)
        {
            try
            {
                return read();
            }
            catch (MapException bad)
            {
                problems.Add($"{option}: {bad.Message}");
                return default;
            }
        }

        double? Angle(Option<string?> option) => parsed.GetValue(option) is { } text ? Try(option.Name, () => (double?)Quantity.Parse(text).In("deg", "the angle")) : null;
        var edges = parsed.GetValue(_energyEdges);
        var allBins = "all".Equals(edges?.Trim(), StringComparison.OrdinalIgnoreCase);
        if (allBins || "none".Equals(edges?.Trim(), StringComparison.OrdinalIgnoreCase)) edges = null;
        var sum = YesNo.Parse(parsed.GetValue(_sum)!);
        if (sum is null) problems.Add($"{_sum.Name}: found '{parsed.GetValue(_sum)}', expected true or false");
        if (parsed.GetValue(_model) is not null)
            problems.AddRange(new Option[] { _spatial, _index, _amplitude, _reference }.Where(option => parsed.GetResult(option) is { Implicit: false })
                .Select(option => $"{_model.Name} and {option.Name}: found both, expected one of them"));
        var spectrum = new PowerLaw(
            parsed.GetValue(_index),
            Try(_amplitude.Name, () => Quantity.Parse(parsed.GetValue(_amplitude)!).In("cm-2 s-1 TeV-1", "the amplitude")),
            Try(_reference.Name, () => Quantity.Parse(parsed.GetValue(_reference)!).In("TeV", "the reference energy")));
        if (!(spectrum.Amplitude > 0) && problems.Count == 0) problems.Add($"--amplitude: found {spectrum.Amplitude}, expected above 0");
        if (!(spectrum.ReferenceTeV > 0) && problems.Count == 0) problems.Add($"--reference: found {spectrum.ReferenceTeV} TeV, expected above 0");
        var options = new TsMapOptions
        {
            Model = parsed.GetValue(_model) is { } file ? Try(_model.Name, () => SkyModelYaml.ReadOne(file)) ?? SkyModel.Default : new SkyModel(Try(_spatial.Name, () => SkyModel.ParseSpatial(parsed.GetValue(_spatial)!)) ?? new PointSource(), spectrum),
            BackgroundModels = parsed.GetValue(_backgroundModels) is { } known ? Try(_backgroundModels.Name, () => SkyModelYaml.ReadFile(known)) ?? [] : [],
            KernelWidthDeg = Angle(_kernelWidth),
            NSigma = parsed.GetValue(_nSigma),
            NSigmaUl = parsed.GetValue(_nSigmaUl),
            NSigmaSensitivity = parsed.GetValue(_nSigmaSensitivity),
            Norm = parsed.GetValue(_norm) is { } norm ? Try(_norm.Name, () => NormScan.Parse(norm)) ?? Defaults.Norm : Defaults.Norm,
            Threshold = parsed.GetValue(_threshold),
            Rtol = parsed.GetValue(_rtol),
            MaxNiter = parsed.GetValue(_maxNiter),
            Selection = SelectionWords.Read(parsed.GetValue(_selection), problems),
            AllEnergyBins = allBins,
            EnergyEdgesTeV = edges is null ? null
                : Try(_energyEdges.Name, () => Quantity.ParseList(edges).Select(edge => edge.In("TeV", "an energy edge")).ToArray()),
            SumOverEnergyGroups = sum ?? Defaults.SumOverEnergyGroups,
            DownsamplingFactor = parsed.GetValue(_downsampling),
            NJobs = parsed.GetValue(_nJobs),
            MaxPsfRadiusDeg = Angle(_maxPsfRadius) ?? Defaults.MaxPsfRadiusDeg,
        };
        problems.AddRange(options.Problems().Select(problem => "--" + problem.Replace('_', '-')));
        return problems.Count == 0 ? options : throw CliErrors.Usage(problems);
    }
}
