using TsMapSurvey.Maps;

namespace TsMapSurvey.Models.Yaml;

/// <summary>
/// The model of norm 1 that comes with FluxMaps: the first component, as gammapy takes it. Fluxes need its spectrum alone, and estimators
/// without a kernel (gammapy's ExcessMapEstimator) write no spatial model; nothing then stands in its place.
/// </summary>
public static class ReferenceReader
{
    /// <param name="where">What to call the text in messages.</param>
    /// <param name="folder">Where the images of templates are looked for; null: files must not be read.</param>
    /// <param name="warnings">Gets what is wrong with all but the spectrum.</param>
    /// <exception cref="MapException">It is not gammapy's model YAML, or its first component has no spectrum that is known.</exception>
    public static SkyModel Read(string yaml, string where, string? folder, List<string> warnings)
    {
        var root = new YamlEntry(YamlTree.Read(yaml, where), where);
        var component = root.Entries("components").FirstOrDefault()
            ?? throw ModelErrors.BadModelFile(where, "no component", "gammapy's model YAML, a list of components");
        var name = component.Text("name") ?? SkyModel.Default.Name;
        component = component.At($"{where}, component '{name}'");
        ModelContext Context() => new(new ModelFiles(folder), new(StringComparer.Ordinal));
        var spectral = SpectralReader.Read(component.NeedEntry("spectral"), Context());
        if (component.Has("spatial"))
        {
            try
            {
                if (ComponentReader.Read(component, Context()) is SkyModel model) return model;
            }
            catch (MapException bad)
            {
                warnings.Add($"of the model only the spectrum is used: {bad.Message}");
            }
        }

        return new SkyModel(new NoShape(), spectral) { Name = name };
    }
}
