using TsMapSurvey.Maps;
using TsMapSurvey.Models.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TsMapSurvey.Models;

/// <summary>Reads and writes gammapy's model YAML: a list of components, mostly sources with name, spectral and spatial model.</summary>
public static class SkyModelYaml
{
    private const int MaxComponents = 100_000;

    /// <summary>YAML with one component, which gammapy can read.</summary>
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

    /// <summary>All components of a file, in the order of the file.</summary>
    /// <exception cref="MapException">The file cannot be read or is not a valid model file; the message names file, component and
    /// parameter.</exception>
    public static IReadOnlyList<ModelComponent> ReadFile(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path, Path.GetDirectoryName(Path.GetFullPath(path)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ModelErrors.BadModelFile(path, FileFaults.What(exception));
        }
    }

    /// <summary>The only source of <c>FILE.yaml</c>, or the named source of <c>FILE.yaml#NAME</c>.</summary>
    /// <exception cref="MapException">As for <see cref="ReadFile"/> and <see cref="Choose"/>.</exception>
    public static SkyModel ReadOne(string reference)
    {
        var cut = File.Exists(reference) ? -1 : reference.LastIndexOf('#');
        var (path, name) = cut < 0 ? (reference, null) : (reference[..cut], reference[(cut + 1)..]);
        return Choose(ReadFile(path), name, path);
    }

    /// <param name="where">Name of the text in messages.</param>
    /// <param name="folder">Folder of the files that the text refers to; null if the text must not open any file.</param>
    /// <exception cref="MapException">The text is not gammapy's model YAML, or has something that is not supported.</exception>
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
            if (models.Count == MaxComponents) throw ModelErrors.BadModelFile(where, $"more than {MaxComponents} components", "fewer");
            var name = component.Text("name");
            var model = ComponentReader.Read(
                name is null ? component : component.At($"{where}, component '{name}'"), new ModelContext(files, links));
            if (!names.Add(model.Name)) throw ModelErrors.BadModelFile(where, $"two components named '{model.Name}'", "names that differ");
            models.Add(model);
        }

        return models.Count > 0 ? models : throw ModelErrors.BadModelFile(where, "no component", "at least one");
    }

    /// <summary>
    /// The only source, or the one with a name. It must be possible to fit it in every pixel, with a flux above zero as the unit of norms.
    /// </summary>
    /// <param name="name">Null if there is only one component.</param>
    /// <exception cref="MapException">No such component, several without a name, or one that cannot be fitted in every pixel.</exception>
    public static SkyModel Choose(IReadOnlyList<ModelComponent> models, string? name, string where)
    {
        var names = string.Join(", ", models.Select(model => model.Name));
        var chosen = name is null
            ? models.Count == 1 ? models[0] : throw ModelErrors.BadModelFile(
                where, $"{models.Count} components ({names})", $"one component, or its name after the file name: {where}#{models[0].Name}")
            : models.FirstOrDefault(model => model.Name == name)
                ?? throw ModelErrors.BadModelFile(where, $"no component '{name}'", $"one of {names}");
        var place = $"{where}, component '{chosen.Name}'";
        if (chosen is not SkyModel source)
            throw ModelErrors.BadModelFile(place, "a component that is not a source", "a SkyModel: its norm is fitted");
        if (source.Spatial is NoSpatialModel)
            throw ModelErrors.BadModelFile(place, "no 'spatial'", "a spatial model: the source is fitted in every pixel with its shape");
        if (source.Spatial.IsEverywhere)
            throw ModelErrors.BadModelFile(
                place, "a spatial model of the whole sky", "one with a position: the source is moved to every pixel");
        if (source.Spatial.DependsOnEnergy || source.Spatial.IsFlux)
            throw ModelErrors.BadModelFile(
                place, "a template that depends on energy or is a flux",
                "a single image in sr-1: other templates can only be background sources");
        if (!source.AppliesPsf || !source.AppliesEdisp)
            throw ModelErrors.BadModelFile($"{place}, apply_irf", "false", "true: all IRFs are applied to the fitted source");
        return source.Spectral.Integral(1e-6, 1e4) > 0 ? source
            : throw ModelErrors.BadModelFile(
                place, "no flux from 1 MeV to 10 PeV", "an amplitude above 0: norms are relative to this flux");
    }
}
