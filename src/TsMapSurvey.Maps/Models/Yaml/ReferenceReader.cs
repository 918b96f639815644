using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Models.Yaml;

/// <summary>
/// The model of norm 1 that comes with FluxMaps: the first component, as gammapy takes it. Fluxes need its spectrum alone, so a spatial model that is missing
/// (gammapy's ExcessMapEstimator writes none) or that cannot be read is no error.
/// </summary>
internal static class ReferenceReader
{
    /// <param name="where">What to call the text in messages.</param>
    /// <param name="folder">Where the images of templates are looked for; null: files must not be read.</param>
    /// <param name="warnings">Gets what is wrong with all but the spectrum.</param>
    /// <exception cref="MapException">It is not gammapy's model YAML, or its first component has no spectrum that is known.</exception>
    public static SkyModel Read(string yaml, string where, string? folder, List<string> warnings)
    {
        var root = new YamlEntry(YamlTree.Read(yaml, where), where);
        var component = root.Entries("components").FirstOrDefault() ?? throw MapErrors.BadModelFile(where, "no component", "gammapy's model YAML, a list of components");
        var name = component.Text("name") ?? SkyModel.Default.Name;
        component = component.At($"{where}, component '{name}'");
        ModelContext NewContext() => new(new ModelFiles(folder), new Dictionary<string, double>(StringComparer.Ordinal));
        var spectral = SpectralReader.Read(component.NeedEntry("spectral"), NewContext());
        try
        {
            if (ComponentReader.Read(component, NewContext()) is SkyModel whole) return whole;
        }
        catch (MapException exception)
        {
            warnings.Add($"of the model only the spectrum is used: {exception.Message}");
        }

        return new SkyModel(new NoShape(), spectral) { Name = name, Position = new SkyPosition(0, 0, SkyFrame.Icrs) };
    }
}
