namespace TsMapSurvey.Models.Yaml;

/// <summary>
/// The supported spatial models and their parameters without the position, except <see cref="Template"/> and <see cref="Table"/>, which
/// are images.
/// </summary>
internal static class SpatialKinds
{
    public const string Template = "TemplateSpatialModel";

    public const string Table = "TemplateNDSpatialModel";

    public static readonly ParameterKind Lon = new("lon_0", "deg", 0) { AtLeast = -720, AtMost = 720 };

    public static readonly ParameterKind Lat = new("lat_0", "deg", 0) { AtLeast = -90, AtMost = 90 };

    private static readonly ParameterKind Eccentricity = new("e", "", 0) { AtLeast = 0, Below = 1, Frozen = true };

    private static readonly ParameterKind Phi = new("phi", "deg", 0) { AtLeast = -360, AtMost = 360, Frozen = true };

    public static readonly ModelKind<ISpatialModel>[] All =
    [
        new("PointSpatialModel", "point", [], _ => new PointSource(), m => m is PointSource ? [] : null),
        new("GaussianSpatialModel", "gauss", [Size("sigma", 1), Eccentricity, Phi],
            v => new GaussianSource(v[0], v[1], v[2]), m => m is GaussianSource s ? [s.SigmaDeg, s.Eccentricity, s.PhiDeg] : null),
        new("DiskSpatialModel", "disk",
            [Size("r_0", 1), Eccentricity, Phi, new("edge_width", "", 0.01) { AtLeast = 0, AtMost = 1, Frozen = true }],
            v => new DiskSource(v[0], v[1], v[2], v[3]), m =>
                m is DiskSource s ? [s.RadiusDeg, s.Eccentricity, s.PhiDeg, s.EdgeWidth] : null),
        new("ShellSpatialModel", "shell", [Size("radius", 1) with { Above = null, AtLeast = 0 }, Size("width", 0.2)],
            v => new ShellSource(v[0], v[1]), m => m is ShellSource s ? [s.RadiusDeg, s.WidthDeg] : null),
        new("GeneralizedGaussianSpatialModel", "gauss-general",
            [Size("r_0", 1), new("eta", "", 0.5) { AtLeast = 0.01, AtMost = 1 }, Eccentricity, Phi],
            v => new GeneralizedGaussianSource(v[0], v[1], v[2], v[3]),
            m => m is GeneralizedGaussianSource s ? [s.RadiusDeg, s.Eta, s.Eccentricity, s.PhiDeg] : null),
        new("Shell2SpatialModel", "shell2", [Size("r_0", 1), new("eta", "", 0.2) { Above = 0, AtMost = 1 }],
            v => new Shell2Source(v[0], v[1]), m => m is Shell2Source s ? [s.RadiusDeg, s.Eta] : null),
        new("ConstantSpatialModel", "const", [new("value", "sr-1", 1) { AtLeast = 0, Frozen = true }],
            v => new ConstantSource(v[0]), m => m is ConstantSource s ? [s.PerSr] : null),
    ];

    private static ParameterKind Size(string name, double usual) => new(name, "deg", usual) { Above = 0, AtMost = 60 };
}
