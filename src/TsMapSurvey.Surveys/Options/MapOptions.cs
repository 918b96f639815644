using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Maps.Units;
using TsMapSurvey.Models;
using TsMapSurvey.Surveys.Json;

namespace TsMapSurvey.Surveys.Options;

/// <summary>
/// Every option of a map, one row each. survey.json with its schema and its problems, the command line's options with their help, jobs over
/// HTTP and their description are made of these rows.
/// </summary>
public static class MapOptions
{
    private const string FluxUnit = "cm-2 s-1 TeV-1";
    private const string AllEdges = "all";
    private const string ModelText = "gammapy's model YAML, or in a file that the command line reads the name of such a file beside it";

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
        new TextField("amplitude", "Differential flux of norm 1 at the reference energy.", "for example '1e-12 cm-2 s-1 TeV-1'")
        { Default = $"1e-12 {FluxUnit}" },
        "--amplitude", "Differential flux of norm 1 at the reference energy", "the amplitude", FluxUnit, "",
        options => ShortForm(options.Model)?.Law.Amplitude, (options, value) => WithLaw(options, law => law with { Amplitude = value }));

    public static MapOption Reference { get; } = Positive(
        new TextField("reference", "Reference energy of the power law.", "for example '1 TeV'"),
        "--reference", "Reference energy", "the reference energy", "TeV", " TeV",
        options => ShortForm(options.Model)?.Law.ReferenceTeV,
        (options, value) => WithLaw(options, law => law with { ReferenceTeV = value }));

    public static MapOption Model { get; } = new(
        new TextField(
            "model", "The source, instead of spatial, index, amplitude and reference: one component of gammapy's model YAML as text. "
            + "In a file that the command line reads it may be FILE.yaml or FILE.yaml#NAME beside it, which is then embedded.", ModelText)
        { Embed = reference => SkyModelYaml.Write(SkyModelYaml.ReadOne(reference)) },
        "--model", "The source as a component of gammapy's model YAML, FILE.yaml or FILE.yaml#NAME, instead of --spatial, --index, "
            + "--amplitude and --reference",
        options => ShortForm(options.Model) is null ? SkyModelYaml.Write(options.Model) : null,
        (options, yaml, problems) => options with { Model = SkyModelYaml.Choose(Models((string)yaml, problems), null, "YAML") })
    { TypedSet = (options, reference, _) => options with { Model = SkyModelYaml.ReadOne(reference) } };

    public static MapOption KernelWidth { get; } = Angle(
        new NumberField("kernelWidthDeg", "Width of the kernel in degrees; half of it is the halo of a tile.") { Above = 0, AtMost = 60 },
        "--kernel-width", "Widest kernel, e.g. \"1 deg\" [default: as wide as PSF and source need, at most the image]",
        options => options.KernelWidthDeg, (options, value) => options with { KernelWidthDeg = value });

    public static MapOption Selection { get; } = new(
        new ListField("selection", "Quantities beyond the default ones.",
            new TextField("", "", $"one of {string.Join(", ", SelectionNames.Known)}") { OneOf = [.. SelectionNames.Known] }),
        "--selection-optional", $"Further quantities, one or several: {string.Join(", ", SelectionNames.Known)}",
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
        new FlagField("sumOverEnergyGroups", "Sum the bins of an energy group before the fit."),
        "--sum-over-energy-groups", "true: sum counts over energy before the fit; false: fit the energy bins together",
        options => options.SumOverEnergyGroups, (options, value, _) => options with { SumOverEnergyGroups = (bool)value });

    public static MapOption DownsamplingFactor { get; } = Number(
        new NumberField("downsamplingFactor", "Fit on pixels so many times as wide, and interpolate the maps.")
        { Whole = true, OneOf = [.. CoarseGrid.Factors.Select(factor => (double)factor)] },
        "--downsampling-factor", "Fit on pixels so many times as wide and interpolate the maps: 2, 4, 8, ...",
        options => options.DownsamplingFactor, (options, value) => options with { DownsamplingFactor = (int)value });

    private static readonly MapOption MaxPsfRadius = Angle(
        new NumberField("maxPsfRadiusDeg", "The PSF's kernel is cut at this radius in degrees.") { Above = 0, AtMost = 60 },
        "--max-psf-radius", "The PSF's kernel is cut at this radius",
        options => options.MaxPsfRadiusDeg, (options, value) => options with { MaxPsfRadiusDeg = value });

    private static readonly MapOption[] Source =
    [
        Spatial, Index, Amplitude, Reference, Model,
        new(
            new TextField(
                "backgroundModels",
                "Known sources for the null hypothesis: gammapy's model YAML as text, or as for model the name of a file.", ModelText)
            { Embed = path => SkyModelYaml.Write(SkyModelYaml.ReadFile(path)) },
            "--background-models", "Known sources for the null hypothesis: gammapy's model YAML, every component of it",
            options => options.BackgroundModels.Count > 0 ? SkyModelYaml.Write(options.BackgroundModels) : null,
            (options, yaml, problems) => options with { BackgroundModels = Models((string)yaml, problems) })
        { TypedSet = (options, path, _) => options with { BackgroundModels = SkyModelYaml.ReadFile(path) } },
    ];

    private static readonly MapOption[] Fit =
    [
        KernelWidth,
        Number(
            new NumberField("nSigma", "Confidence of the errors.") { Above = 0, AtMost = 100 },
            "--n-sigma", "Confidence of the errors, in sigma",
            options => options.NSigma, (options, value) => options with { NSigma = value }),
        Number(
            new NumberField("nSigmaUl", "Confidence of the upper limits.") { Above = 0, AtMost = 100 },
            "--n-sigma-ul", "Confidence of the upper limits, in sigma",
            options => options.NSigmaUl, (options, value) => options with { NSigmaUl = value }),
        Number(
            new NumberField("nSigmaSensitivity", "Significance at which a source of the sensitivity is expected.")
            { Above = 0, AtMost = 100 },
            "--n-sigma-sensitivity", "Significance at which a source of the sensitivity is expected",
            options => options.NSigmaSensitivity, (options, value) => options with { NSigmaSensitivity = value }),
        Text(
            new TextField("norm", "Ends of the likelihood profile's norms.", "for example 'scan_min=-100,scan_max=100'"),
            "--norm", "Ends of the likelihood profile's norms",
            options => FormattableString.Invariant($"scan_min={options.Norm.Min:R},scan_max={options.Norm.Max:R}"),
            (options, text) => options with { Norm = NormScan.Parse(text) }),
        Number(
            new NumberField("threshold", "Only where the TS of a guessed norm is above this is a pixel fitted."),
            "--threshold", "Fit only where the TS of the guessed norm is above this [default: fit everywhere]",
            options => options.Threshold, (options, value) => options with { Threshold = value }),
        Number(
            new NumberField("rtol", "Relative precision of the norm.") { Above = 0, Below = 1 },
            "--rtol", "Relative precision of the norm",
            options => options.Rtol, (options, value) => options with { Rtol = value }),
        Number(
            new NumberField("maxNiter", "Most iterations of the root finder.") { Whole = true, AtLeast = 1, AtMost = 1_000_000 },
            "--max-niter", "Most iterations of a fit",
            options => options.MaxNiter, (options, value) => options with { MaxNiter = (int)value }),
        Selection,
        EnergyEdges,
        SumOverEnergyGroups,
    ];

    /// <summary>In the order of survey.json.</summary>
    public static IReadOnlyList<MapOption> All { get; } = [.. Source, .. Fit, MaxPsfRadius, DownsamplingFactor];

    /// <summary>In the order of the command line's help.</summary>
    public static IReadOnlyList<MapOption> AllAsTyped { get; } = [.. Fit, DownsamplingFactor, MaxPsfRadius, .. Source];

    /// <summary>What stands for the source where there is no <see cref="Model"/>.</summary>
    public static IReadOnlyList<MapOption> NotBesideModel { get; } = [Spatial, Index, Amplitude, Reference];

    /// <summary>What every definition has: these are never null.</summary>
    public static IReadOnlyList<MapOption> NeverNull { get; } = [Spatial, Index, Selection];

    internal static Field[] Fields { get; } = [.. All.Select(option => option.Field)];

    private static MapOption Number(
        NumberField field, string typed, string help, Func<TsMapOptions, object?> get, Func<TsMapOptions, double, TsMapOptions> set) =>
        new(field, typed, help, get, (options, value, _) => set(options, (double)value));

    private static MapOption Text(
        TextField field, string typed, string help, Func<TsMapOptions, string?> get, Func<TsMapOptions, string, TsMapOptions> set) =>
        new(field, typed, help, get, (options, value, _) => set(options, (string)value))
        { TypedSet = (options, text, _) => set(options, text) };

    /// <summary>A number in degrees in survey.json, with its unit on the command line.</summary>
    private static MapOption Angle(
        NumberField field, string typed, string help, Func<TsMapOptions, object?> get, Func<TsMapOptions, double, TsMapOptions> set) =>
        new(field, typed, help, get, (options, value, _) => set(options, (double)value))
        {
            TypedUnit = "deg",
            TypedSet = (options, text, _) => set(options, Quantity.Parse(text).In("deg", "the angle")),
        };

    /// <summary>A number above 0 with its unit.</summary>
    /// <param name="shownUnit">What stands behind the number in the command line's message.</param>
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
            problems.Add(string.Join(", ", texts), "each above the one before");
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
            problems.Add($"datasets_names in component '{one.Name}'", "none: models of surveys and jobs are for all data");
        return models;
    }

    private static TsMapOptions WithLaw(TsMapOptions options, Func<PowerLaw, PowerLaw> change) =>
        options with { Model = options.Model with { Spectral = change(options.Model.Spectral as PowerLaw ?? new PowerLaw()) } };

    /// <summary>The source in short words and a power law, where they say all of it.</summary>
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
