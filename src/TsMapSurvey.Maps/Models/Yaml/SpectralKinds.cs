namespace TsMapSurvey.Maps.Models.Yaml;

/// <summary>The spectral models that files may have, beside <see cref="Template"/>, whose table is no list of parameters.</summary>
internal static class SpectralKinds
{
    public const string Template = "TemplateSpectralModel";

    public const string TemplateTag = "template";

    public const string FluxUnit = "TeV-1 s-1 cm-2";

    private static readonly ParameterKind Amplitude = new("amplitude", FluxUnit, 1e-12);
    private static readonly ParameterKind Reference = new("reference", "TeV", 1) { Above = 0, Frozen = true };
    private static readonly ParameterKind Break = new("ebreak", "TeV", 1) { Above = 0 };

    public static readonly ModelKind<ISpectralModel>[] All =
    [
        new("PowerLawSpectralModel", "pl", [Index("index", 2), Amplitude, Reference],
            v => new PowerLaw(v[0], v[1], v[2]), m => m is PowerLaw s ? [s.Index, s.Amplitude, s.ReferenceTeV] : null),
        new("PowerLaw2SpectralModel", "pl-2",
            [new("amplitude", "s-1 cm-2", 1e-12), Index("index", 2), new("emin", "TeV", 0.1) { Above = 0, Frozen = true }, new("emax", "TeV", 100) { Above = 0, Frozen = true }],
            v => v[3] > v[2] ? new PowerLaw2(v[0], v[1], v[2], v[3]) : throw MapErrors.BadModel($"emax is {v[3]} TeV, expected above emin, {v[2]} TeV"),
            m => m is PowerLaw2 s ? [s.Amplitude, s.Index, s.MinTeV, s.MaxTeV] : null),
        new("ExpCutoffPowerLawSpectralModel", "ecpl",
            [Index("index", 1.5), Amplitude, Reference, new("lambda_", "TeV-1", 0.1) { AtLeast = 0 }, new("alpha", "", 1) { Frozen = true }],
            v => new ExpCutoffPowerLaw(v[0], v[1], v[2], v[3], v[4]),
            m => m is ExpCutoffPowerLaw s ? [s.Index, s.Amplitude, s.ReferenceTeV, s.LambdaPerTeV, s.Alpha] : null),
        new("LogParabolaSpectralModel", "lp", [Amplitude, Reference with { Default = 10 }, Index("alpha", 2), Index("beta", 1)],
            v => new LogParabola(v[0], v[1], v[2], v[3]), m => m is LogParabola s ? [s.Amplitude, s.ReferenceTeV, s.Alpha, s.Beta] : null),
        new("BrokenPowerLawSpectralModel", "bpl", [Index("index1", 2), Index("index2", 2), Amplitude, Break],
            v => new BrokenPowerLaw(v[0], v[1], v[2], v[3]), m => m is BrokenPowerLaw s ? [s.Index1, s.Index2, s.Amplitude, s.BreakTeV] : null),
        new("SmoothBrokenPowerLawSpectralModel", "sbpl",
            [Index("index1", 2), Index("index2", 2), Amplitude, Break, Reference, new("beta", "", 1) { Above = 0, Frozen = true }],
            v => new SmoothBrokenPowerLaw(v[0], v[1], v[2], v[3], v[4], v[5]),
            m => m is SmoothBrokenPowerLaw s ? [s.Index1, s.Index2, s.Amplitude, s.BreakTeV, s.ReferenceTeV, s.Beta] : null),
        new("ConstantSpectralModel", "const", [new("const", FluxUnit, 1e-12)],
            v => new ConstantSpectrum(v[0]), m => m is ConstantSpectrum s ? [s.Value] : null),
    ];

    private static ParameterKind Index(string name, double usual) => new(name, "", usual) { AtLeast = -50, AtMost = 50 };
}
