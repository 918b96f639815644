using TsMapSurvey.Maps;
using TsMapSurvey.SampleData;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Models.Tests;

public sealed class SkyModelYamlTests
{
    private const string Plain = """
        components:
        - name: crab
          type: SkyModel
          spectral:
            type: pl
            parameters:
            - {name: index, value: 2.5, frozen: true, min: 1, max: .nan, error: 0.1}
            - {name: amplitude, value: 3e-8, unit: GeV-1 s-1 cm-2, min: 1e-9, link: amplitude@x}
            - {name: reference, value: 500, unit: GeV}
          spatial:
            type: gauss
            frame: galactic
            parameters:
            - {name: lon_0, value: 184.5, unit: deg}
            - {name: lat_0, value: -5.8, unit: deg}
            - {name: sigma, value: 6, unit: arcmin}
        """;

    public static TheoryData<string> Kinds => [.. ModelSamples.Spectra.Keys, .. ModelSamples.Shapes.Keys];

    public static TheoryData<string, string, string[]> Wrongs => new()
    {
        { "reference, value: 500, unit: GeV", "reference, value: 500, unit: deg", ["crab", "parameter reference", "deg", "TeV"] },
        { "unit: arcmin", "unit: parsec", ["crab", "parameter sigma", "parsec"] },
        { "value: 6, unit: arcmin", "value: -6, unit: arcmin", ["crab", "parameter sigma", "-0.1 deg", "above 0"] },
        { "value: 2.5", "value: steep", ["crab", "parameter index", "'steep'", "a number"] },
        { "value: 2.5", "value: [2.5]", ["crab", "parameter index", "a list of 1"] },
        { "name: sigma", "name: sigmar", ["crab", "parameter sigmar", "sigma, e, phi"] },
        { "name: sigma", "name: lat_0", ["crab", "parameter lat_0", "twice"] },
        { "type: gauss", "type: banana", ["crab", "banana", "PointSpatialModel", "ShellSpatialModel", "TemplateSpatialModel"] },
        { "type: pl", "type: NaimaSpectralModel", ["crab", "NaimaSpectralModel", "package naima"] },
        { "type: pl", "type: plaw", ["crab", "plaw", "LogParabolaSpectralModel", "TemplateSpectralModel", "CompoundSpectralModel"] },
        { "type: SkyModel", "type: Source", ["crab", "Source", "SkyModel", "FoVBackgroundModel", "TemplateNPredModel"] },
        { "type: SkyModel", "type: FoVBackgroundModel", ["crab", "a flux", "a norm model"] },
        { "frame: galactic", "frame: altaz", ["crab", "altaz", "icrs or galactic"] },
        { "frozen: true", "frozen: maybe", ["crab", "parameter index", "maybe"] },
        { "name: crab", "nome: crab", ["component", "name"] },
        { "components:", "parts:", ["components"] },
        { "type: gauss", "type: template\n    filename: /etc/passwd", ["crab", "/etc/passwd", "a model that needs no other file"] },
    };

    public static TheoryData<string, string> Hostile => new()
    {
        { "nested", string.Concat(Enumerable.Repeat("[", 100_000)) },
        { "nested maps", string.Concat(Enumerable.Repeat("{a: ", 50_000)) },
        { "itself", "components: &a\n- *a\n" },
        { "itself as a map", "&a components: 1\nb: &c {d: *c}\n" },
        { "laughs", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ncomponents: [*c, *c, *c]\n" },
        { "keys", "? {a: b}\n: c\ncomponents: []\n" },
        { "keys by alias", "a: &a [x]\n? *a\n: 1\n" },
        { "list", "- 1\n- 2\n" },
        { "scalar", "components" },
        { "empty", "" },
        { "two", "components: []\n---\ncomponents: []\n" },
        { "none", "components: []\n" },
        { "null", "components:\n" },
        { "numbers", "components: [1, 2]\n" },
        { "map", "components: {a: 1}\n" },
        { "twice", "components: []\ncomponents: []\n" },
        { "no yaml", "components: [\"\n" },
        { "control", "components: \u0001\u0000\n" },
        { "tag", "components: !!python/object/apply:os.system [ls]\n" },
        { "unknown alias", "components: *nobody\n" },
        { "binary", new string('\uffff', 1000) },
        { "long", new string('a', (16 << 20) + 1) },
        { "many", "components: [" + string.Concat(Enumerable.Repeat("1,", 2_100_000)) + "]" },
    };

    [Fact]
    public void Values_units_and_notes_are_read_and_written_again()
    {
        var model = Assert.Single(SkyModelYaml.Parse(Plain, "crab.yaml"));
        Check(model);
        Check(Assert.Single(SkyModelYaml.Parse(SkyModelYaml.Write(model), "again")));

        static void Check(ModelComponent component)
        {
            var model = Assert.IsType<SkyModel>(component);
            Assert.Equal("crab", model.Name);
            Assert.Equal(new SkyPosition(184.5, -5.8, SkyFrame.Galactic), model.Position);
            Assert.Equal(0.1, Assert.IsType<GaussianSource>(model.Spatial).SigmaDeg, 12);
            var law = Assert.IsType<PowerLaw>(model.Spectral);
            Assert.Equal((2.5, 0.5), (law.Index, law.ReferenceTeV));
            Assert.Equal(3e-5, law.Amplitude, 1e-15);
            Assert.Equal(new ParameterNote(true, 1, null, 0.1, null), model.Notes!["spectral.index"]);
            Assert.Equal("amplitude@x", model.Notes["spectral.amplitude"].Link);
            Assert.Equal(1e-6, model.Notes["spectral.amplitude"].Min!.Value, 1e-15);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_model_comes_back_as_it_was(string name)
    {
        var model = new SkyModel(
            ModelSamples.Shapes.GetValueOrDefault(name, new PointSource()), ModelSamples.Spectra.GetValueOrDefault(name, new PowerLaw()))
        { Name = "yes: \"#é", Position = new SkyPosition(12.3456789012345, -45, SkyFrame.Galactic) };
        var read = Assert.IsType<SkyModel>(Assert.Single(SkyModelYaml.Parse(SkyModelYaml.Write(model), "written")));
        Assert.Null(read.Notes);
        Assert.Equal((model.Name, model.Spatial, model.Position), (read.Name, read.Spatial, read.Position));
        if (model.Spectral is TemplateSpectrum table)
            Assert.Equal([.. table.EnergiesTeV, .. table.Values],
                [.. ((TemplateSpectrum)read.Spectral).EnergiesTeV, .. ((TemplateSpectrum)read.Spectral).Values]);
        else
            Assert.Equal(model.Spectral, read.Spectral);
    }

    [Fact]
    public void A_template_is_found_beside_its_file_and_written_by_its_full_path()
    {
        using var folder = new TemporaryFolder();
        ModelSamples.WriteTemplate(folder.File("image.fits"));
        File.WriteAllText(folder.File("model.yaml"), Plain[..Plain.IndexOf("spatial:", StringComparison.Ordinal)]
            + "spatial: {type: TemplateSpatialModel, filename: image.fits}\n");
        var model = SkyModelYaml.ReadOne(folder.File("model.yaml"));
        Assert.Equal(0, model.Position.SeparationDeg(new SkyPosition(0.1, 0, SkyFrame.Galactic)), 0.1);
        Assert.Equal(folder.File("image.fits"), Assert.IsType<TemplateSource>(model.Spatial).FileName);
        Assert.Contains(folder.File("image.fits"), SkyModelYaml.Write(model), StringComparison.Ordinal);
        File.WriteAllText(folder.File("image.fits"), "SIMPLE  =");
        Assert.Contains(
            "crab", Assert.Throws<MapException>(() => SkyModelYaml.ReadOne(folder.File("model.yaml"))).Message, StringComparison.Ordinal);
        File.Delete(folder.File("image.fits"));
        Assert.Contains("image.fits", Assert.Throws<MapException>(() => SkyModelYaml.ReadOne(folder.File("model.yaml"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_components_one_is_chosen_by_its_name()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("two.yaml");
        File.WriteAllText(path, Plain + "\n" + Plain.Replace("components:\n", "", StringComparison.Ordinal)
            .Replace("crab", "vela", StringComparison.Ordinal));
        Assert.Equal("vela", SkyModelYaml.ReadOne(path + "#vela").Name);
        Assert.Equal(2, SkyModelYaml.ReadFile(path).Count);
        foreach (var reference in new[] { path, path + "#geminga" })
        {
            var message = Assert.Throws<MapException>(() => SkyModelYaml.ReadOne(reference)).Message;
            Assert.Contains("crab, vela", message, StringComparison.Ordinal);
        }

        Assert.Contains("two.yaml#crab", Assert.Throws<MapException>(() => SkyModelYaml.ReadOne(path)).Message, StringComparison.Ordinal);
        Assert.Contains("nothere", Assert.Throws<MapException>(() => SkyModelYaml.ReadOne(folder.File("nothere.yaml"))).Message,
            StringComparison.Ordinal);
        File.WriteAllText(path, Plain.Replace("3e-8", "0", StringComparison.Ordinal));
        Assert.Contains("no flux", Assert.Throws<MapException>(() => SkyModelYaml.ReadOne(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_parameter_of_a_link_gives_the_value_of_all()
    {
        var second = Plain.Replace("components:\n", "", StringComparison.Ordinal).Replace("crab", "vela", StringComparison.Ordinal)
            .Replace("value: 3e-8", "value: 7e-8", StringComparison.Ordinal);
        SkyModel[] models = [.. SkyModelYaml.Parse(Plain + "\n" + second, "two").Cast<SkyModel>()];
        Assert.Equal(((PowerLaw)models[0].Spectral).Amplitude, ((PowerLaw)models[1].Spectral).Amplitude);
    }

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void A_wrong_entry_is_named_with_file_component_and_parameter(string right, string wrong, string[] parts)
    {
        Assert.Contains(right, Plain, StringComparison.Ordinal);
        var message = Assert.Throws<MapException>(
            () => SkyModelYaml.Parse(Plain.Replace(right, wrong, StringComparison.Ordinal), "crab.yaml")).Message;
        Assert.StartsWith("crab.yaml", message, StringComparison.Ordinal);
        foreach (var part in parts) Assert.Contains(part, message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_text_is_refused(string what, string text)
    {
        var exception = Assert.Throws<MapException>(() => SkyModelYaml.Parse(text, what));
        Assert.StartsWith(what, exception.Message, StringComparison.Ordinal);
        Assert.True(exception.Message.Length < 500, exception.Message);
    }

    [Theory]
    [InlineData("components:\n- {name: index, value")]
    [InlineData("components:\n- [a, valueal: &s\n    type: P")]
    [InlineData("components:\n- {name: x,\n  : 1.0}")]
    [InlineData("components: [")]
    [InlineData("components: {a: [")]
    [InlineData("components:\n- : 1.0e-12")]
    [InlineData("components:\n- \u0000")]
    public void A_bracket_that_is_not_closed_is_refused(string text) =>
        Assert.Equal(MapError.BadModel, Assert.Throws<MapException>(() => SkyModelYaml.Parse(text, "cut.yaml")).Error);

    [Fact]
    public void Whatever_happened_to_a_file_it_is_read_or_refused()
    {
        const string Letters = "[]{}:-,&*!?|>'\"%@`#\n \t~ab1\\u";
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new System.Text.StringBuilder(Plain);
            for (var changes = random.Next(1, 4); changes > 0 && text.Length > 0; changes--)
            {
                var (place, letter) = (random.Next(text.Length), Letters[random.Next(Letters.Length)]);
                _ = random.Next(3) switch
                {
                    0 => text.Insert(place, letter),
                    1 => text.Remove(
                    place, Math.Min(text.Length - place, random.Next(1, 60))),
                    _ => text.Replace(text[place], letter, place, 1)
                };
            }

            var failure = Record.Exception(() => SkyModelYaml.Parse($"{text}", "cut.yaml"));
            Assert.True(failure is null or MapException, $"{text}\n{failure}");
        }
    }
}
