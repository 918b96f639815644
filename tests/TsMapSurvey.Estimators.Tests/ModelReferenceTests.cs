using System.Text.Json;
using TsMapSurvey.Estimators.BackgroundSources;
using TsMapSurvey.Maps;
using TsMapSurvey.Models;
using TsMapSurvey.Models.Images;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Tests;

/// <summary>
/// Every model of gammapy's registries against its values there: Reference/models.json, made once by Reference/make_models.py with
/// gammapy 2.1.
/// </summary>
public sealed class ModelReferenceTests
{
    /// <summary>
    /// gammapy's classes that a file may have; the others are refused by name (<see cref="Refused_models_are_named_with_the_reason"/>).
    /// </summary>
    private static readonly string[] Registry =
    [
        "ConstantSpectralModel", "CompoundSpectralModel", "PowerLawSpectralModel", "PowerLaw2SpectralModel", "BrokenPowerLawSpectralModel",
        "SmoothBrokenPowerLawSpectralModel", "PiecewiseNormSpectralModel", "ExpCutoffPowerLawSpectralModel",
        "ExpCutoffPowerLaw3FGLSpectralModel",
        "SuperExpCutoffPowerLaw3FGLSpectralModel", "SuperExpCutoffPowerLaw4FGLDR3SpectralModel", "SuperExpCutoffPowerLaw4FGLSpectralModel",
        "LogParabolaSpectralModel", "LogParabola2SpectralModel", "TemplateSpectralModel", "TemplateNDSpectralModel",
        "GaussianSpectralModel",
        "EBLAbsorptionNormSpectralModel", "PowerLawNormSpectralModel", "LogParabolaNormSpectralModel", "ExpCutoffPowerLawNormSpectralModel",
        "ConstantSpatialModel", "TemplateSpatialModel", "TemplateNDSpatialModel", "DiskSpatialModel", "GaussianSpatialModel",
        "GeneralizedGaussianSpatialModel", "PointSpatialModel", "ShellSpatialModel", "Shell2SpatialModel",
    ];

    private static readonly JsonElement Reference = Read();

    public static TheoryData<string> Spectra => [.. Names("spectra")];

    public static TheoryData<string> Shapes => [.. Names("shapes")];

    public static TheoryData<string, string, string> Refused => new()
    {
        { "spectral", "NaimaSpectralModel", "naima" },
        { "spectral", "naima", "naima" },
        { "spectral", "ScaleSpectralModel", "does not contain the model that it scales" },
        { "spectral", "DarkMatterAnnihilationSpectralModel", "TemplateSpectralModel" },
        { "spectral", "dm-decay", "TemplateSpectralModel" },
        { "spatial", "PiecewiseNormSpatialModel", "triangulates" },
        { "spatial", "const-flux", "registry" },
        { "temporal", "ExpDecayTemporalModel", "constant in time" },
        { "temporal", "template", "constant in time" },
    };

    [Fact]
    public void Every_class_of_the_registries_has_values()
    {
        var text = Reference.GetRawText();
        Assert.All(Registry, type => Assert.Contains($"\"{type}\"", text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Spectra))]
    public void A_spectrum_has_gammapys_values(string name)
    {
        using var folder = new TemporaryFolder();
        var (reference, component) = Component("spectra", name, folder);
        Check(component);
        Check(Assert.Single(SkyModelYaml.Parse(SkyModelYaml.Write(component), "again", folder.Path)));

        void Check(ModelComponent read)
        {
            var spectrum = read is FieldBackground field ? field.Spectral : Assert.IsType<SkyModel>(read).Spectral;
            Assert.Equal(read is FieldBackground, spectrum.IsNorm);
            var (energies, edges) = (Numbers(reference, "energies"), Numbers(reference, "edges"));
            Close(Numbers(reference, "dnde"), [.. energies.Select(spectrum.Differential)], 1e-9, "dnde");
            Close(Numbers(reference, "flux"), [.. edges.Zip(edges.Skip(1), spectrum.Integral)], 1e-8, "flux");
            Close(Numbers(reference, "eflux"), [.. edges.Zip(edges.Skip(1), spectrum.EnergyIntegral)], 1e-8, "eflux");
        }
    }

    /// <summary>
    /// Densities at the centre and around it, inside, at the edge and outside; their sum over an image; and counts as the instrument
    /// sees them.
    /// </summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_shape_has_gammapys_values(string name)
    {
        using var folder = new TemporaryFolder();
        var (reference, component) = Component("shapes", name, folder);
        var dataset = Samples.Observation(masked: false);
        Check(Assert.IsType<SkyModel>(component));
        Check(Assert.IsType<SkyModel>(Assert.Single(SkyModelYaml.Parse(SkyModelYaml.Write(component), "again", folder.Path))));

        void Check(SkyModel model)
        {
            if (reference.TryGetProperty("density", out _))
            {
                var frame = model.Position.Frame;
                SkyPosition[] places = [.. reference.GetProperty("places").EnumerateArray()
                    .Select(place => new SkyPosition(place[0].GetDouble(), place[1].GetDouble(), frame))];
                var energy = reference.GetProperty("energy").GetDouble();
                Near(Numbers(reference, "density"),
                    [.. places.Select(place => SpatialModelValues.PerSr(model.Spatial, model.Position, place, energy))], 1e-7, "density");
            }

            if (reference.TryGetProperty("sharp", out var sharp))
                Near([sharp[0].GetDouble()], [SourceImage.Create(model.Spatial, model.Position.Frame, dataset.Grid, model.Position).Sum()],
                    1e-4, "sum over the image");
            var npred = BackgroundModels.Counts(dataset, [model]);
            var (sums, pixels) = (Numbers(reference, "npred"), Numbers(reference, "pixels"));
            // gammapy folds a source that fills the image with the PSF as if there were nothing beyond the image: its rim is dark, and
            // left out.
            Near(sums, [.. Enumerable.Range(0, sums.Length).Select(k => Inner(npred, k).Sum())], 1e-3, "npred");
            Near(pixels, [npred[0, 12, 12], npred[0, 15, 20], npred[0, 18, 25]], 1e-3, "npred of pixels");
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refused_models_are_named_with_the_reason(string part, string type, string reason)
    {
        var parts =
            new Dictionary<string, string> { ["spectral"] = "{type: pl}", ["spatial"] = "{type: point}", [part] = $"{{type: {type}}}" };
        var yaml = $"components: [{{name: odd, type: SkyModel, {string.Join(", ", parts.Select(pair => $"{pair.Key}: {pair.Value}"))}}}]";
        var message = Assert.Throws<MapException>(() => SkyModelYaml.Parse(yaml, "odd.yaml")).Message;
        Assert.StartsWith($"odd.yaml, component 'odd', {part}: the model {type} is not supported", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    private static (JsonElement Reference, ModelComponent Component) Component(string kind, string name, TemporaryFolder folder)
    {
        var reference = Reference.GetProperty(kind).EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        var yaml = reference.GetProperty("yaml").GetRawText();
        if (yaml.Contains(".fits", StringComparison.Ordinal)) ModelFileSamples.Write(folder);
        return (reference, Assert.Single(SkyModelYaml.Parse($"{{\"components\": [{yaml}]}}", name, folder.Path)));
    }

    private static IEnumerable<double> Inner(Map<double> map, int plane) =>
        from y in Enumerable.Range(6, map.Geometry.Height - 12)
        from x in Enumerable.Range(6, map.Geometry.Width - 12)
        select map[plane, y, x];

    private static IEnumerable<string> Names(string kind) =>
        Reference.GetProperty(kind).EnumerateArray().Select(one => one.GetProperty("name").GetString()!);

    private static double[] Numbers(JsonElement reference, string name) =>
        [.. reference.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private static void Close(double[] expected, double[] found, double tolerance, string what)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - found[i]) <= tolerance * Math.Abs(expected[i]),
                $"{what} {i}: found {found[i]:r}, gammapy has {expected[i]:r}");
    }

    /// <summary>Against the largest: a sharp edge may lie on either side of a place.</summary>
    private static void Near(double[] expected, double[] found, double tolerance, string what)
    {
        Assert.Equal(expected.Length, found.Length);
        var top = expected.Max();
        Assert.True(top > 0, what);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - found[i]) <= tolerance * top,
                $"{what} {i}: found {found[i]:r}, gammapy has {expected[i]:r}; the largest is {top:r}");
    }

    private static JsonElement Read()
    {
        using var stream = typeof(ModelReferenceTests).Assembly.GetManifestResourceStream("models.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
