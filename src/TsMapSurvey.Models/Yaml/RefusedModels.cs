namespace TsMapSurvey.Models.Yaml;

/// <summary>
/// gammapy's models that files must not have here, each by its class and its short name, with the reason. All others are read.
/// </summary>
internal static class RefusedModels
{
    private const string NeedsNaima = "it is computed by the package naima, and gammapy does not read it from a file either";

    private const string NeedsOther =
        "its file does not hold the model that it scales, and gammapy does not read it from a file either: write the scaled amplitude";

    private const string NeedsParticles =
        "its spectra are tables that are not in the file; a TemplateSpectralModel of the same spectrum is read";

    private const string NeedsTriangles =
        "its values depend on how scipy triangulates its nodes; a template image of the same values is read";

    private const string NoClass = "gammapy's own registry does not have it";

    private const string NeedsTime = "models are constant in time";

    public static readonly IReadOnlyDictionary<string, string> Spectral = Create(
        (NeedsNaima, ["NaimaSpectralModel", "naima"]),
        (NeedsOther, ["ScaleSpectralModel", "scale"]),
        (NeedsParticles, ["DarkMatterAnnihilationSpectralModel", "dm-annihilation", "DarkMatterDecaySpectralModel", "dm-decay",
            "PrimaryFlux", "dm-pf"]));

    public static readonly IReadOnlyDictionary<string, string> Spatial = Create(
        (NeedsTriangles, ["PiecewiseNormSpatialModel", "piecewise-norm"]),
        (NoClass, ["ConstantFluxSpatialModel", "const-flux"]));

    /// <summary>Beside ConstantTemporalModel, which is the same as none.</summary>
    public static readonly IReadOnlyDictionary<string, string> Temporal = Create(
        (NeedsTime,
        [
            "LinearTemporalModel", "linear", "LightCurveTemplateTemporalModel", "template", "ExpDecayTemporalModel", "exp-decay",
            "GaussianTemporalModel", "gauss",
            "GeneralizedGaussianTemporalModel", "gengauss", "PowerLawTemporalModel", "powerlaw", "SineTemporalModel", "sinus",
            "TemplatePhaseCurveTemporalModel", "template-phase",
        ]));

    private static Dictionary<string, string> Create(params (string Reason, string[] Names)[] groups) =>
        groups.SelectMany(group => group.Names.Select(name => (name, group.Reason)))
            .ToDictionary(pair => pair.name, pair => pair.Reason, StringComparer.Ordinal);
}
