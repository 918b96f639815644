using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Maps.Units;
using TsMapSurvey.Models;
using TsMapSurvey.Surveys.Json;

namespace TsMapSurvey.Surveys.Options;

/// <summary>
/// All options of a map. The parser and the schema of survey.json, the options and the help of the command line, and the parameters of
/// jobs in the API are all derived from this table.
/// </summary>
public static class MapOptions
{
    private const string FluxUnit = "cm-2 s-1 TeV-1";
    private const string AllEdges = "all";
    private const string ModelText =
        "gammapy's model YAML, or, in a file that the command line reads, the name of a YAML file relative to it";

    public static MapOption Spatial { get; } = Text(
        new TextField("spatial", "Shape of the source: point, gauss:SIGMA or disk:RADIUS.", "'point' or for example 'gauss:0.2deg'"),
        "--spatial", "Source shape: point, gauss:SIGMA or disk:RADIUS, e.g. gauss:0.2deg",
        options => ShortForm(options.Model)?.Spatial,
        (options, text) => options with { Model = options.Model with { Spatial = SkyModel.ParseSpatial(text) } });

    public static MapOption Index { get; } = Number(
        new NumberField("index", "Index of the source's power law.") { AtLeast = -10, AtMost = 10 },
        "--index", "Power-law index",
        options => ShortForm(options.Model)?.Law.Index, (options, value) => WithLaw(options, law => law with { Index = value }));

    public static MapOption Amplitude { get; } = Positive(
        new TextField("amplitude", "Differential flux of the model (norm 1) at the reference energy.", "for example '1e-12 cm-2 s-1 TeV-1'")
        { Default = $"1e-12 {FluxUnit}" },
        "--amplitude", "Differential flux of the model (norm 1) at the reference energy", "the amplitude", FluxUnit, "",
        options => ShortForm(options.Model)?.Law.Amplitude, (options, value) => WithLaw(options, law => law with { Amplitude = value }));

    public static MapOption Reference { get; } = Positive(
        new TextField("reference", "Reference energy of the power law.", "for example '1 TeV'"),
        "--reference", "Reference energy", "the reference energy", "TeV", " TeV",
        options => ShortForm(options.Model)?.Law.ReferenceTeV,
        (options, value) => WithLaw(options, law => law with { ReferenceTeV = value }));

    public static MapOption Model { get; } = new(
        new TextField(
            "model", "The source as one component of gammapy's model YAML, instead of spatial, index, amplitude and reference. "
            + "In a file that the command line reads, FILE.yaml or FILE.yaml#NAME is replaced by the content of that file.", ModelText)
        { Embed = reference => SkyModelYaml.Write(SkyModelYaml.ReadOne(reference)) },
        "--model", "The source as a component of gammapy's model YAML, FILE.yaml or FILE.yaml#NAME, instead of --spatial, --index, "
            + "--amplitude and --reference",
        options => ShortForm(options.Model) is null ? SkyModelYaml.Write(options.Model) : null,
        (options, yaml, problems) => options with { Model = SkyModelYaml.Choose(Models((string)yaml, problems), null, "YAML") })
    { TypedSet = (options, reference, _) => options with { Model = SkyModelYaml.ReadOne(reference) } };

    public static MapOption KernelWidth { get; } = Angle(
        new NumberField("kernelWidthDeg", "Largest width of the kernel in degrees; the halo of a tile is half of it.")
        { Above = 0, AtMost = 60 },
        "--kernel-width", "Largest width of the kernel, e.g. \"1 deg\" [default: as wide as PSF and source need, at most the image]",
        options => options.KernelWidthDeg, (options, value) => options with { KernelWidthDeg = value });

    public static MapOption Selection { get; } = new(
        new ListField("selection", "Optional quantities to compute.",
            new TextField("", "", $"one of {string.Join(", ", SelectionNames.Known)}") { OneOf = [.. SelectionNames.Known] }),
        "--selection-optional", $"Optional quantities to compute, one or several: {string.Join(", ", SelectionNames.Known)}",
        options => SelectionNames.Of(options.Selection).ToArray() is { Length: > 0 } words ? words : null,
        (options, words, _) => options with
        {
            Selection = ((IEnumerable<string>)words).Aggregate(
                TsMapSelection.None, (all, word) => all | SelectionNames.Find(word).GetValueOrDefault()),
        });

    public static MapOption EnergyEdges { get; } = new(
        new ListField("energyEdges", "Edges of the map's energy bins, or 'all' for one per bin of the energy axis.",
            new TextField("", "", "an energy like '10 GeV'"))
        { OrWord = AllEdges, MinItems = 2 },
        "--energy-edges", "Edges of the map's energy bins, e.g. \"10 GeV,100 GeV\", or \"all\" [default: one bin over the whole axis]",
        options => options.AllEnergyBins ? new[] { AllEdges } : options.EnergyEdgesTeV?.Select(TeV).ToArray(), SetEdges)
    { TypedSet = SetTypedEdges };

    public static MapOption SumOverEnergyGroups { get; } = new(
        new FlagField("sumOverEnergyGroups", "Sum the bins of an energy group before the fit; otherwise fit them jointly."),
        "--sum-over-energy-groups", "true: sum counts over energy before the fit; false: fit the energy bins jointly",
        options => options.SumOverEnergyGroups, (options, value, _) => options with { SumOverEnergyGroups = (bool)value });

    public static MapOption DownsamplingFactor { get; } = Number(
        new NumberField("downsamplingFactor", "Fit on pixels that are wider by this factor, and interpolate the maps.")
        { IsInteger = true, OneOf = [.. CoarseGrid.Factors.Select(factor => (double)factor)] },
        "--downsampling-factor", "Fit on pixels that are wider by this factor and interpolate the maps: 2, 4, 8, ...",
        options => options.DownsamplingFactor, (options, value) => options with { DownsamplingFactor = (int)value });

    private static readonly MapOption MaxPsfRadius = Angle(
        new NumberField("maxPsfRadiusDeg", "Largest radius of the PSF in the kernel, in degrees.") { Above = 0, AtMost = 60 },
        "--max-psf-radius", "Largest radius of the PSF in the kernel",
        options => options.MaxPsfRadiusDeg, (options, value) => options with { MaxPsfRadiusDeg = value });

    private static readonly MapOption[] Source =
    [
        Spatial, Index, Amplitude, Reference, Model,
        new(
            new TextField(
                "backgroundModels",
                "Known sources of the null hypothesis: gammapy's model YAML as text, or a file name as for model.", ModelText)
            { Embed = path => SkyModelYaml.Write(SkyModelYaml.ReadFile(path)) },
            "--background-models", "Known sources of the null hypothesis: all components of a file with gammapy's model YAML",
            options => options.BackgroundModels.Count > 0 ? SkyModelYaml.Write(options.BackgroundModels) : null,
            (options, yaml, problems) => options with { BackgroundModels = Models((string)yaml, problems) })
        { TypedSet = (options, path, _) => options with { BackgroundModels = SkyModelYaml.ReadFile(path) } },
    ];

    private static readonly MapOption[] Fit =
    [
        KernelWidth,
        Number(
            new NumberField("nSigma", "Confidence of the errors, in sigma.") { Above = 0, AtMost = 100 },
            "--n-sigma", "Confidence of the errors, in sigma",
            options => options.NSigma, (options, value) => options with { NSigma = value }),
        Number(
            new NumberField("nSigmaUl", "Confidence of the upper limits, in sigma.") { Above = 0, AtMost = 100 },
            "--n-sigma-ul", "Confidence of the upper limits, in sigma",
            options => options.NSigmaUl, (options, value) => options with { NSigmaUl = value }),
        Number(
            new NumberField("nSigmaSensitivity", "Expected significance of a source whose flux is the sensitivity.")
            { Above = 0, AtMost = 100 },
            "--n-sigma-sensitivity", "Expected significance of a source whose flux is the sensitivity",
            options => options.NSigmaSensitivity, (options, value) => options with { NSigmaSensitivity = value }),
        Text(
            new TextField("norm", "Smallest and largest norm of the likelihood profile.", "for example 'scan_min=-100,scan_max=100'"),
            "--norm", "Smallest and largest norm of the likelihood profile",
            options => FormattableString.Invariant($"scan_min={options.Norm.Min:R},scan_max={options.Norm.Max:R}"),
            (options, text) => options with { Norm = NormScan.Parse(text) }),
        Number(
            new NumberField("threshold", "A pixel is fitted only if the TS of a first guess of its norm is above this."),
            "--threshold", "Fit only pixels where the TS of a first guess of the norm is above this [default: fit all pixels]",
            options => options.Threshold, (options, value) => options with { Threshold = value }),
        Number(
            new NumberField("rtol", "Relative precision of the norm.") { Above = 0, Below = 1 },
            "--rtol", "Relative precision of the norm",
            options => options.Rtol, (options, value) => options with { Rtol = value }),
        Number(
            new NumberField("maxNiter", "Largest number of iterations of the root finder.")
            { IsInteger = true, AtLeast = 1, AtMost = 1_000_000 },
            "--max-niter", "Largest number of iterations of a fit",
            options => options.MaxNiter, (options, value) => options with { MaxNiter = (int)value }),
        Selection,
        EnergyEdges,
        SumOverEnergyGroups,
    ];

    /// <summary>All options in the order of survey.json.</summary>
    public static IReadOnlyList<MapOption> All { get; } = [.. Source, .. Fit, MaxPsfRadius, DownsamplingFactor];

    /// <summary>All options in the order of the command line's help.</summary>
    public static IReadOnlyList<MapOption> AllInHelpOrder { get; } = [.. Fit, DownsamplingFactor, MaxPsfRadius, .. Source];

    /// <summary>Options that define the source without <see cref="Model"/>; they are not allowed together with it.</summary>
    public static IReadOnlyList<MapOption> ExcludedByModel { get; } = [Spatial, Index, Amplitude, Reference];

    /// <summary>Options that have a value in every definition.</summary>
    public static IReadOnlyList<MapOption> NeverNull { get; } = [Spatial, Index, Selection];

    internal static Field[] Fields { get; } = [.. All.Select(option => option.Field)];

    private static MapOption Number(
        NumberField field, string typed, string help, Func<TsMapOptions, object?> get, Func<TsMapOptions, double, TsMapOptions> set) =>
        new(field, typed, help, get, (options, value, _) => set(options, (double)value));

    private static MapOption Text(
        TextField field, string typed, string help, Func<TsMapOptions, string?> get, Func<TsMapOptions, string, TsMapOptions> set) =>
        new(field, typed, help, get, (options, value, _) => set(options, (string)value))
        { TypedSet = (options, text, _) => set(options, text) };

    /// <summary>An option in degrees, with a unit on the command line.</summary>
    private static MapOption Angle(
        NumberField field, string typed, string help, Func<TsMapOptions, object?> get, Func<TsMapOptions, double, TsMapOptions> set) =>
        new(field, typed, help, get, (options, value, _) => set(options, (double)value))
        {
            TypedUnit = "deg",
            TypedSet = (options, text, _) => set(options, Quantity.Parse(text).In("deg", "the angle")),
        };

    /// <summary>An option with a number above 0 and a unit.</summary>
    /// <param name="shownUnit">Text after the number in messages of the command line.</param>
    private static MapOption Positive(
        TextField field, string typed, string help, string what, string unit, string shownUnit,
        Func<TsMapOptions, double?> get, Func<TsMapOptions, double, TsMapOptions> set) => new(
        field, typed, help,
        options => get(options) is { } value ? FormattableString.Invariant($"{value:R} {unit}") : null,
        (options, text, problems) => problems.Positive((string)text, unit, field.Name) is { } value ? set(options, value) : options)
        {
            TypedSet = (options, text, problems) =>
            {
                var value = Quantity.Parse(text).In(unit, what);
                if (value > 0) return set(options, value);
                problems.Add(FormattableString.Invariant($"{value}{shownUnit}"), "above 0");
                return options;
            },
        };

    private static TsMapOptions SetEdges(TsMapOptions options, object value, OptionProblems problems)
    {
        var texts = (IReadOnlyList<string>)value;
        if (texts is [AllEdges]) return options with { AllEnergyBins = true };
        var edges = texts.Select(text => problems.Positive(text, "TeV", EnergyEdges.Name)).OfType<double>().ToArray();
        if (edges.Length == texts.Count && edges.Zip(edges.Skip(1)).Any(pair => pair.Second <= pair.First))
            problems.Add(string.Join(", ", texts), "increasing edges");
        return options with { EnergyEdgesTeV = edges };
    }

    private static TsMapOptions SetTypedEdges(TsMapOptions options, string text, OptionProblems problems) =>
        text.Trim().ToLowerInvariant() switch
        {
            AllEdges => options with { AllEnergyBins = true },
            "none" => options,
            _ => options with { EnergyEdgesTeV = [.. Quantity.ParseList(text).Select(edge => edge.In("TeV", "an energy edge"))] },
        };

    private static IReadOnlyList<ModelComponent> Models(string yaml, OptionProblems problems)
    {
        var models = SkyModelYaml.Parse(yaml, "YAML");
        foreach (var one in models.Where(one => one.DatasetNames is not null))
            problems.Add($"datasets_names in component '{one.Name}'", "none: models of surveys and jobs apply to all data");
        return models;
    }

    private static TsMapOptions WithLaw(TsMapOptions options, Func<PowerLaw, PowerLaw> change) =>
        options with { Model = options.Model with { Spectral = change(options.Model.Spectral as PowerLaw ?? new PowerLaw()) } };

    /// <summary>The short form and the power law of a source; null if these do not describe it completely.</summary>
    private static (string Spatial, PowerLaw Law)? ShortForm(SkyModel model)
    {
        var spatial = model.Spatial switch
        {
            PointSource => "point",
            GaussianSource gauss => FormattableString.Invariant($"gauss:{gauss.SigmaDeg:R}deg"),
            DiskSource disk => FormattableString.Invariant($"disk:{disk.RadiusDeg:R}deg"),
            _ => null,
        };
        return spatial is not null && model.Spectral is PowerLaw law && model == new SkyModel(SkyModel.ParseSpatial(spatial), law)
            ? (spatial, law) : null;
    }

    private static string TeV(double energy) => FormattableString.Invariant($"{energy:R} TeV");
}
