using TsMapSurvey.Maps;

namespace TsMapSurvey.Models.Yaml;

/// <summary>
/// Reads the reference model of FluxMaps, the model with norm 1: as in gammapy, the first component. Fluxes need only its spectrum.
/// Estimators without a kernel (gammapy's ExcessMapEstimator) write no spatial model; the result then has a <see cref="NoSpatialModel"/>.
/// </summary>
public static class ReferenceReader
{
    /// <param name="where">Name of the text in messages.</param>
    /// <param name="folder">Folder of the files that the text refers to; null if no file may be read.</param>
    /// <param name="warnings">Problems of everything but the spectrum are added here.</param>
    /// <exception cref="MapException">The text is not gammapy's model YAML, or its first component has no supported spectrum.</exception>
    public static SkyModel Read(string yaml, string where, string? folder, List<string> warnings)
    {
        var root = new YamlEntry(YamlTree.Read(yaml, where), where);
        var component = root.Entries("components").FirstOrDefault()
            ?? throw ModelErrors.BadModelFile(where, "no component", "gammapy's model YAML, a list of components");
        var name = component.Text("name") ?? SkyModel.Default.Name;
        component = component.At($"{where}, component '{name}'");
        ModelContext Context() => new(new ModelFiles(folder), new(StringComparer.Ordinal));
        var spectral = SpectralReader.Read(component.RequiredEntry("spectral"), Context());
        if (component.Has("spatial"))
        {
            try
            {
                if (ComponentReader.Read(component, Context()) is SkyModel model) return model;
            }
            catch (MapException exception)
            {
                warnings.Add($"only the spectrum of the model is used: {exception.Message}");
            }
        }

        return new SkyModel(new NoSpatialModel(), spectral) { Name = name };
    }
}
