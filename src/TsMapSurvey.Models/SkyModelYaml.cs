using TsMapSurvey.Maps;
using TsMapSurvey.Models.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TsMapSurvey.Models;

/// <summary>Models in gammapy's YAML: a list of components, most of them sources with name, spectral and spatial model.</summary>
public static class SkyModelYaml
{
    private const int MostComponents = 100_000;

    /// <summary>The model alone in a file; gammapy's reader opens it.</summary>
    public static string Write(ModelComponent model) => Write([model]);

    public static string Write(IEnumerable<ModelComponent> models)
    {
        var root = new YamlMappingNode(new YamlScalarNode("components"), new YamlSequenceNode(models.Select(ComponentWriter.Write)));
        var text = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(root)).Save(
            new Emitter(text, new EmitterSettings(2, int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024)), assignAnchors: false);
        var yaml = text.ToString().ReplaceLineEndings("\n");
        return yaml.EndsWith("...\n", StringComparison.Ordinal) ? yaml[..^4] : yaml;
    }

    /// <summary>All models of a file, in its order.</summary>
    /// <exception cref="MapException">The file is not there, or is no model file; the message names file, component and
    /// parameter.</exception>
    public static IReadOnlyList<ModelComponent> ReadFile(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path, Path.GetDirectoryName(Path.GetFullPath(path)));
        }
        catch (Exception bad) when (bad is IOException or UnauthorizedAccessException)
        {
            throw ModelErrors.BadModelFile(path, FileFaults.What(bad));
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
    public static IReadOnlyList<ModelComponent> Parse(string yaml, string where, string? folder = null)
    {
        var root = new YamlEntry(YamlTree.Read(yaml, where), where);
        if (!root.Has("components")) throw ModelErrors.BadModelFile(where, "no 'components'", "gammapy's model YAML, a list of components");
        var files = new ModelFiles(folder);
        var links = new Dictionary<string, double>(StringComparer.Ordinal);
        var models = new List<ModelComponent>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var component in root.Entries("components"))
        {
            if (models.Count == MostComponents) throw ModelErrors.BadModelFile(where, $"more than {MostComponents} components", "fewer");
            var name = component.Text("name");
            var model = ComponentReader.Read(
                name is null ? component : component.At($"{where}, component '{name}'"), new ModelContext(files, links));
            if (!names.Add(model.Name)) throw ModelErrors.BadModelFile(where, $"two components named '{model.Name}'", "names that differ");
            models.Add(model);
        }

        return models.Count > 0 ? models : throw ModelErrors.BadModelFile(where, "no component", "one or more");
    }

    /// <summary>
    /// The one source, of all or by its name, that can be fitted anywhere: its flux must be above zero, since norms are counted in it.
    /// </summary>
    /// <param name="name">Null where there is only one.</param>
    public static SkyModel Choose(IReadOnlyList<ModelComponent> models, string? name, string where)
    {
        var names = string.Join(", ", models.Select(model => model.Name));
        var chosen = name is null
            ? models.Count == 1 ? models[0] : throw ModelErrors.BadModelFile(
                where, $"{models.Count} components ({names})", $"one, or its name behind the file: {where}#{models[0].Name}")
            : models.FirstOrDefault(model => model.Name == name)
                ?? throw ModelErrors.BadModelFile(where, $"no component '{name}'", $"one of {names}");
        var place = $"{where}, component '{chosen.Name}'";
        if (chosen is not SkyModel source) throw ModelErrors.BadModelFile(place, "no source", "a SkyModel: its norm is fitted");
        if (source.Spatial is NoShape)
            throw ModelErrors.BadModelFile(place, "no 'spatial'", "one: the source is fitted in every pixel with its shape");
        if (source.Spatial.IsEverywhere)
            throw ModelErrors.BadModelFile(place, "a spatial model that is everywhere", "one with a position: it is put into every pixel");
        if (source.Spatial.DependsOnEnergy || source.Spatial.IsFlux)
            throw ModelErrors.BadModelFile(
                place, "a template that changes with energy or is a flux", "one image per sr: such templates are for background models");
        if (!source.AppliesPsf || !source.AppliesEdisp)
            throw ModelErrors.BadModelFile($"{place}, apply_irf", "false", "true: the source that is fitted is seen through all IRFs");
        return source.Spectral.Integral(1e-6, 1e4) > 0 ? source
            : throw ModelErrors.BadModelFile(place, "no flux from 1 MeV to 10 PeV", "an amplitude above 0, since norms are counted in it");
    }
}
