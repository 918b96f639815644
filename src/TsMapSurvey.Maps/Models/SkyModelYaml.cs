using TsMapSurvey.Maps.Models.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TsMapSurvey.Maps.Models;

/// <summary>Models in gammapy's YAML: a list of components, each with name, spectral and spatial model.</summary>
public static class SkyModelYaml
{
    private const int MostComponents = 100_000;

    /// <summary>The model alone in a file; gammapy's reader opens it.</summary>
    public static string Write(SkyModel model) => Write([model]);

    public static string Write(IEnumerable<SkyModel> models)
    {
        var root = new YamlMappingNode(new YamlScalarNode("components"), new YamlSequenceNode(models.Select(ComponentWriter.Write)));
        var text = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(root)).Save(new Emitter(text, new EmitterSettings(2, int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024)), assignAnchors: false);
        var yaml = text.ToString().ReplaceLineEndings("\n");
        return yaml.EndsWith("...\n", StringComparison.Ordinal) ? yaml[..^4] : yaml;
    }

    /// <summary>All models of a file, in its order.</summary>
    /// <exception cref="MapException">The file is not there, or is no model file; the message names file, component and parameter.</exception>
    public static IReadOnlyList<SkyModel> ReadFile(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path, Path.GetDirectoryName(Path.GetFullPath(path)));
        }
        catch (Exception bad) when (bad is IOException or UnauthorizedAccessException)
        {
            throw MapErrors.BadModelFile(path, bad.Message);
        }
    }

    /// <summary>The model of a file with one, or the named one: <c>FILE.yaml</c> or <c>FILE.yaml#NAME</c>.</summary>
    /// <exception cref="MapException">As for all models; or the file has several or none of that name.</exception>
    public static SkyModel ReadOne(string reference)
    {
        var cut = File.Exists(reference) ? -1 : reference.LastIndexOf('#');
        var (path, name) = cut < 0 ? (reference, null) : (reference[..cut], reference[(cut + 1)..]);
        return Choose(ReadFile(path), name, path);
    }

    /// <param name="where">What to call the text in messages.</param>
    /// <param name="folder">Where the images of templates are looked for; null: the text must not make us open files.</param>
    /// <exception cref="MapException">It is not gammapy's model YAML, or has what we do not support.</exception>
    public static IReadOnlyList<SkyModel> Parse(string yaml, string where, string? folder = null)
    {
        var root = new YamlEntry(YamlTree.Read(yaml, where), where);
        if (!root.Has("components")) throw MapErrors.BadModelFile(where, "no 'components'", "gammapy's model YAML, a list of components");
        var links = new Dictionary<string, double>(StringComparer.Ordinal);
        var models = new List<SkyModel>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var component in root.Entries("components"))
        {
            if (models.Count == MostComponents) throw MapErrors.BadModelFile(where, $"more than {MostComponents} components", "fewer");
            var name = component.Text("name");
            var model = ComponentReader.Read(name is null ? component : component.At($"{where}, component '{name}'"), folder, links);
            if (!names.Add(model.Name)) throw MapErrors.BadModelFile(where, $"two components named '{model.Name}'", "names that differ");
            models.Add(model);
        }

        return models.Count > 0 ? models : throw MapErrors.BadModelFile(where, "no component", "one or more");
    }

    /// <summary>The one model, whose flux must be above zero: norms are counted in it.</summary>
    /// <param name="name">Null where there is only one.</param>
    public static SkyModel Choose(IReadOnlyList<SkyModel> models, string? name, string where)
    {
        var names = string.Join(", ", models.Select(model => model.Name));
        var chosen = name is null
            ? models.Count == 1 ? models[0] : throw MapErrors.BadModelFile(where, $"{models.Count} components ({names})", $"one, or its name behind the file: {where}#{models[0].Name}")
            : models.FirstOrDefault(model => model.Name == name) ?? throw MapErrors.BadModelFile(where, $"no component '{name}'", $"one of {names}");
        return chosen.Spectral.Integral(1e-6, 1e4) > 0 ? chosen
            : throw MapErrors.BadModelFile($"{where}, component '{chosen.Name}'", "no flux from 1 MeV to 10 PeV", "an amplitude above 0, since norms are counted in it");
    }
}
