namespace TsMapSurvey.Models.Yaml;

/// <summary>
/// The models of gammapy that are not supported, by class and by short name, each with the reason. All others are supported.
/// </summary>
internal static class RefusedModels
{
    private const string NeedsNaima = "it is computed by the package naima, and gammapy does not read it from a file either";

    private const string NeedsOther =
        "its file does not contain the model that it scales, and gammapy does not read it from a file either: write the scaled amplitude";

    private const string NeedsParticles =
        "its spectra are tables that are not in the file; use a TemplateSpectralModel of the same spectrum";

    private const string NeedsTriangles =
        "its values depend on how scipy triangulates its nodes; use a template image of the same values";

    private const string NoClass = "it is not in gammapy's registry of models";

    private const string NeedsTime = "only models that are constant in time are supported";

    public static readonly IReadOnlyDictionary<string, string> Spectral = Create(
        (NeedsNaima, ["NaimaSpectralModel", "naima"]),
        (NeedsOther, ["ScaleSpectralModel", "scale"]),
        (NeedsParticles, ["DarkMatterAnnihilationSpectralModel", "dm-annihilation", "DarkMatterDecaySpectralModel", "dm-decay",
            "PrimaryFlux", "dm-pf"]));

    public static readonly IReadOnlyDictionary<string, string> Spatial = Create(
        (NeedsTriangles, ["PiecewiseNormSpatialModel", "piecewise-norm"]),
        (NoClass, ["ConstantFluxSpatialModel", "const-flux"]));

    /// <summary>All but ConstantTemporalModel, which is equivalent to no temporal model.</summary>
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
