using TsMapSurvey.Fits;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Models.Yaml;

/// <summary>One component of gammapy's model YAML as a model.</summary>
internal static class ComponentReader
{
    /// <param name="folder">Where the images of templates are looked for; null: files must not be read.</param>
    public static SkyModel Read(YamlEntry component, string? folder, Dictionary<string, double> links)
    {
        var type = component.NeedText("type");
        if (type is not ("SkyModel" or "sky-model"))
            throw MapErrors.BadModelFile(component.Where, $"the type {type}", "SkyModel: other components are not supported, take them out of the file");
        if (component.Has("temporal")) throw MapErrors.BadModelFile(component.Where, "a temporal model", "none: models are constant in time");
        if (component.Entry("apply_irf") is { } irfs)
            foreach (var irf in new[] { "exposure", "psf", "edisp" })
                if (irfs.Flag(irf) == false) throw MapErrors.BadModelFile(irfs.Where, $"{irf}: false", "true: every model is seen through all IRFs");
        var notes = new Dictionary<string, ParameterNote>(StringComparer.Ordinal);
        var spectral = Spectral(component.NeedEntry("spectral"), notes, links);
        var (spatial, position) = Spatial(component.NeedEntry("spatial"), folder, notes, links);
        return new SkyModel(spatial, spectral)
        {
            Name = component.NeedText("name"),
            Position = position,
            DatasetNames = component.Texts("datasets_names") is { Length: > 0 } names ? names : null,
            Notes = notes.Count > 0 ? notes : null,
        };
    }

    public static ISpectralModel Spectral(YamlEntry entry, Dictionary<string, ParameterNote> notes, Dictionary<string, double> links)
    {
        var type = entry.NeedText("type");
        if (type is SpectralKinds.Template or SpectralKinds.TemplateTag)
        {
            var (energies, values) = (entry.NeedEntry("energy"), entry.NeedEntry("values"));
            var (toTeV, toFlux) = (energies.Factor("TeV"), values.Factor(SpectralKinds.FluxUnit));
            return Named(entry, () => new TemplateSpectrum(
                [.. energies.Numbers("data").Select(energy => energy * toTeV)], [.. values.Numbers("data").Select(value => value * toFlux)]));
        }

        var kind = Kind(SpectralKinds.All, type, entry, SpectralKinds.Template);
        var parameters = new ParameterList(entry, kind.Parameters, notes, links);
        return Named(entry, () => kind.Create([.. kind.Parameters.Select(parameter => parameters[parameter])]));
    }

    private static (ISpatialModel Model, SkyPosition Position) Spatial(
        YamlEntry entry, string? folder, Dictionary<string, ParameterNote> notes, Dictionary<string, double> links)
    {
        var type = entry.NeedText("type");
        var template = type is SpatialKinds.Template or SpatialKinds.TemplateTag ? Template(entry, folder) : null;
        var kind = template is null ? Kind(SpatialKinds.All, type, entry, SpatialKinds.Template) : null;
        var parameters = new ParameterList(entry, [SpatialKinds.Lon, SpatialKinds.Lat, .. kind?.Parameters ?? []], notes, links);
        if (template is not null)
        {
            var (own, grid) = (template.Grid.Centre, template.Grid);
            return (template, new SkyPosition(
                parameters.Has(SpatialKinds.Lon) ? parameters[SpatialKinds.Lon] : own.LonDeg,
                parameters.Has(SpatialKinds.Lat) ? parameters[SpatialKinds.Lat] : own.LatDeg, grid.Frame));
        }

        var model = Named(entry, () => kind!.Create([.. kind.Parameters.Select(parameter => parameters[parameter])]));
        return (model, new SkyPosition(parameters[SpatialKinds.Lon], parameters[SpatialKinds.Lat], Frame(entry)));
    }

    private static SkyFrame Frame(YamlEntry entry) => entry.Text("frame") switch
    {
        null or "icrs" => SkyFrame.Icrs,
        "galactic" => SkyFrame.Galactic,
        "fk5" => SkyFrame.Fk5,
        var other => throw MapErrors.BadModelFile($"{entry.Where}, frame", $"'{other}'", "icrs or galactic"),
    };

    private static TemplateSource Template(YamlEntry entry, string? folder)
    {
        var file = entry.NeedText("filename");
        if (folder is null) throw MapErrors.BadModelFile(entry.Where, $"the file '{file}'", "a model without files: templates are for the command line");
        var path = Path.Combine(folder, file);
        if (!File.Exists(path)) throw MapErrors.BadModelFile($"{entry.Where}, filename", $"'{file}', which is not there", $"a FITS image, as a full path or relative to '{folder}'");
        try
        {
            return TemplateSource.Read(path, entry.Flag("normalize") ?? true);
        }
        catch (FitsException bad)
        {
            throw MapErrors.BadModelFile(entry.Where, bad.Message, "a FITS image");
        }
    }

    private static ModelKind<T> Kind<T>(ModelKind<T>[] kinds, string type, YamlEntry entry, string template) =>
        kinds.FirstOrDefault(kind => kind.Type == type || kind.Tag == type)
        ?? throw MapErrors.BadModelFile(entry.Where, $"the type {type}", $"one of {string.Join(", ", kinds.Select(kind => kind.Type).Append(template))}");

    /// <summary>Where a model refuses its values, the message says which model of which file.</summary>
    private static T Named<T>(YamlEntry entry, Func<T> create)
    {
        try
        {
            return create();
        }
        catch (MapException bad) when (bad.Error == MapError.BadModel)
        {
            throw MapErrors.BadModelFile(entry.Where, bad.Message);
        }
    }
}
