
namespace TsMapSurvey.Models.Yaml;

/// <summary>The supported spectral models that consist of a list of parameters; <see cref="SpectralReader"/> reads all others.</summary>
internal static class SpectralKinds
{
    public const string Template = "TemplateSpectralModel";

    public const string Table = "TemplateNDSpectralModel";

    public const string Compound = "CompoundSpectralModel";

    public const string Piecewise = "PiecewiseNormSpectralModel";

    public const string Ebl = "EBLAbsorptionNormSpectralModel";

    public const string FluxUnit = "TeV-1 s-1 cm-2";

    private static readonly ParameterKind Amplitude = new("amplitude", FluxUnit, 1e-12);
    private static readonly ParameterKind Reference = new("reference", "TeV", 1) { Above = 0, Frozen = true };
    private static readonly ParameterKind Break = new("ebreak", "TeV", 1) { Above = 0 };
    private static readonly ParameterKind Cutoff = new("ecut", "TeV", 10) { Above = 0 };
    private static readonly ParameterKind Lambda = new("lambda_", "TeV-1", 0.1) { AtLeast = 0 };
    private static readonly ParameterKind Norm = new("norm", "", 1);

    public static readonly ParameterKind[] EblParameters =
        [new("redshift", "", 0.1) { Frozen = true }, new("alpha_norm", "", 1) { Frozen = true }];

    public static readonly ModelKind<ISpectralModel>[] All =
    [
        new("PowerLawSpectralModel", "pl", [Index("index", 2), Amplitude, Reference],
            v => new PowerLaw(v[0], v[1], v[2]), m => m is PowerLaw s ? [s.Index, s.Amplitude, s.ReferenceTeV] : null),
        new("PowerLaw2SpectralModel", "pl-2",
            [new("amplitude", "s-1 cm-2", 1e-12), Index("index", 2), new("emin", "TeV", 0.1)
                { Above = 0, Frozen = true }, new("emax", "TeV", 100) { Above = 0, Frozen = true }],
            v => v[3] > v[2] ? new PowerLaw2(v[0], v[1], v[2], v[3])
                : throw ModelErrors.BadModel($"emax is {v[3]} TeV, expected above emin, {v[2]} TeV"),
            m => m is PowerLaw2 s ? [s.Amplitude, s.Index, s.MinTeV, s.MaxTeV] : null),
        new("ExpCutoffPowerLawSpectralModel", "ecpl",
            [Index("index", 1.5), Amplitude, Reference, Lambda, new("alpha", "", 1) { Frozen = true }],
            v => new ExpCutoffPowerLaw(v[0], v[1], v[2], v[3], v[4]),
            m => m is ExpCutoffPowerLaw s ? [s.Index, s.Amplitude, s.ReferenceTeV, s.LambdaPerTeV, s.Alpha] : null),
        new("LogParabolaSpectralModel", "lp", [Amplitude, Reference with { Default = 10 }, Index("alpha", 2), Index("beta", 1)],
            v => new LogParabola(v[0], v[1], v[2], v[3]), m => m is LogParabola s ? [s.Amplitude, s.ReferenceTeV, s.Alpha, s.Beta] : null),
        new("BrokenPowerLawSpectralModel", "bpl", [Index("index1", 2), Index("index2", 2), Amplitude, Break],
            v => new BrokenPowerLaw(v[0], v[1], v[2], v[3]), m =>
                m is BrokenPowerLaw s ? [s.Index1, s.Index2, s.Amplitude, s.BreakTeV] : null),
        new("SmoothBrokenPowerLawSpectralModel", "sbpl",
            [Index("index1", 2), Index("index2", 2), Amplitude, Break, Reference, new("beta", "", 1) { Above = 0, Frozen = true }],
            v => new SmoothBrokenPowerLaw(v[0], v[1], v[2], v[3], v[4], v[5]),
            m => m is SmoothBrokenPowerLaw s ? [s.Index1, s.Index2, s.Amplitude, s.BreakTeV, s.ReferenceTeV, s.Beta] : null),
        new("ConstantSpectralModel", "const", [new("const", FluxUnit, 1e-12)],
            v => new ConstantSpectrum(v[0]), m => m is ConstantSpectrum s ? [s.Value] : null),
        new("ExpCutoffPowerLaw3FGLSpectralModel", "ecpl-3fgl", [Index("index", 1.5), Amplitude, Reference, Cutoff],
            v => new ExpCutoffPowerLaw3Fgl(v[0], v[1], v[2], v[3]),
            m => m is ExpCutoffPowerLaw3Fgl s ? [s.Index, s.Amplitude, s.ReferenceTeV, s.CutoffTeV] : null),
        new("SuperExpCutoffPowerLaw3FGLSpectralModel", "secpl-3fgl",
            [Amplitude, Reference, Cutoff, Index("index_1", 1.5), Index("index_2", 2)],
            v => new SuperExpCutoffPowerLaw3Fgl(v[0], v[1], v[2], v[3], v[4]),
            m => m is SuperExpCutoffPowerLaw3Fgl s ? [s.Amplitude, s.ReferenceTeV, s.CutoffTeV, s.Index1, s.Index2] : null),
        new("SuperExpCutoffPowerLaw4FGLSpectralModel", "secpl-4fgl",
            [Amplitude, Reference, new("expfactor", "", 1e-14), Index("index_1", 1.5), Index("index_2", 2)],
            v => new SuperExpCutoffPowerLaw4Fgl(v[0], v[1], v[2], v[3], v[4]),
            m => m is SuperExpCutoffPowerLaw4Fgl s ? [s.Amplitude, s.ReferenceTeV, s.ExpFactor, s.Index1, s.Index2] : null),
        new("SuperExpCutoffPowerLaw4FGLDR3SpectralModel", "secpl-4fgl-dr3",
            [Amplitude, Reference, new("expfactor", "", 1e-2), Index("index_1", 1.5), Index("index_2", 2)],
            v => new SuperExpCutoffPowerLaw4FglDr3(v[0], v[1], v[2], v[3], v[4]),
            m => m is SuperExpCutoffPowerLaw4FglDr3 s ? [s.Amplitude, s.ReferenceTeV, s.ExpFactor, s.Index1, s.Index2] : null),
        new("LogParabola2SpectralModel", "lp2",
            [Amplitude, Reference with { Default = 10 }, Index("alpha", 2), Index("beta", 1), new("escale", "TeV", 1)
                { Above = 0, Frozen = true }],
            v => new LogParabola2(v[0], v[1], v[2], v[3], v[4]),
            m => m is LogParabola2 s ? [s.Amplitude, s.ReferenceTeV, s.Alpha, s.Beta, s.ScaleTeV] : null),
        new("GaussianSpectralModel", "gauss",
            [new("amplitude", "s-1 cm-2", 1e-12), new("mean", "TeV", 1), new("sigma", "TeV", 2) { Above = 0 }],
            v => new GaussianSpectrum(v[0], v[1], v[2]), m => m is GaussianSpectrum s ? [s.Amplitude, s.MeanTeV, s.SigmaTeV] : null),
        new("PowerLawNormSpectralModel", "pl-norm", [Index("tilt", 0) with { Frozen = true }, Norm, Reference],
            v => new PowerLawNorm(v[0], v[1], v[2]), m => m is PowerLawNorm s ? [s.Tilt, s.Norm, s.ReferenceTeV] : null),
        new("LogParabolaNormSpectralModel", "lp-norm", [Norm, Reference with { Default = 10 }, Index("alpha", 0), Index("beta", 0)],
            v => new LogParabolaNorm(v[0], v[1], v[2], v[3]), m =>
                m is LogParabolaNorm s ? [s.Norm, s.ReferenceTeV, s.Alpha, s.Beta] : null),
        new("ExpCutoffPowerLawNormSpectralModel", "ecpl-norm",
            [Index("index", 0), Norm, Reference, Lambda, new("alpha", "", 1) { Frozen = true }],
            v => new ExpCutoffPowerLawNorm(v[0], v[1], v[2], v[3], v[4]),
            m => m is ExpCutoffPowerLawNorm s ? [s.Index, s.Norm, s.ReferenceTeV, s.LambdaPerTeV, s.Alpha] : null),
    ];

    private static ParameterKind Index(string name, double usual) => new(name, "", usual) { AtLeast = -50, AtMost = 50 };
}
