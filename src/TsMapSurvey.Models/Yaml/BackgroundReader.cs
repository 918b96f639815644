using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Models.Yaml;

/// <summary>Reads the components that are not sources: gammapy's FoVBackgroundModel and TemplateNPredModel.</summary>
internal static class BackgroundReader
{
    public const string Field = "FoVBackgroundModel";

    public const string Counts = "TemplateNPredModel";

    /// <summary>
    /// Old files have the parameters of a PowerLawNormSpectralModel directly in the component. (gammapy 2.1 reads such files but ignores
    /// the parameters and uses norm 1.)
    /// </summary>
    public static FieldBackground ReadField(YamlEntry component, ModelContext context)
    {
        var names = ComponentReader.DatasetNames(component);
        if (names?.Count > 1)
            throw ModelErrors.BadModelFile($"{component.Where}, datasets_names", $"{names.Count} names", "the name of one dataset");
        var (spectral, spatial, position) = Parts(component, context, isLegacy: !component.Has("spectral") && component.Has("parameters"));
        return new FieldBackground(spectral, spatial)
        {
            Name = component.Text("name") ?? $"{names?[0] ?? "all"}-bkg",
            DatasetNames = names,
            Position = position,
            Notes = context.Notes.Count > 0 ? context.Notes : null,
            Warnings = context.Warnings.Count > 0 ? context.Warnings : null,
        };
    }

    public static CountsTemplate ReadCounts(YamlEntry component, ModelContext context)
    {
        var (spectral, spatial, position) = Parts(component, context, isLegacy: false);
        var (map, file) =
            context.Files.Read(component, "a FITS cube of predicted counts", path => (ReadCube(path), Path.GetFullPath(path)));
        return new CountsTemplate(map, file, spectral, spatial)
        {
            Name = component.RequiredText("name"),
            DatasetNames = ComponentReader.DatasetNames(component),
            Position = position,
            Notes = context.Notes.Count > 0 ? context.Notes : null,
            Warnings = context.Warnings.Count > 0 ? context.Warnings : null,
        };
    }

    private static (ISpectralModel Spectral, ISpatialModel? Spatial, SkyPosition Position) Parts(
        YamlEntry component, ModelContext context, bool isLegacy)
    {
        var spectral = isLegacy ? ReadLegacyNorm(component, context)
            : component.Entry("spectral") is { } entry ? SpectralReader.Read(entry, context) : new PowerLawNorm();
        if (!spectral.IsNorm)
            throw ModelErrors.BadModelFile(component.Where, "a spectral model that is a flux", "a norm model, which is dimensionless");
        if (component.Entry("spatial") is not { } shape) return (spectral, null, new SkyPosition(0, 0, SkyFrame.Icrs));
        var (spatial, position) = SpatialReader.Read(shape, context);
        if (spatial is PointSource || spatial.IsFlux)
            throw ModelErrors.BadModelFile(shape.Where, "a point or a flux", "a shape whose values per sr are used as factors");
        return (spectral, spatial, position);
    }

    private static ISpectralModel ReadLegacyNorm(YamlEntry component, ModelContext context)
    {
        var kind = SpectralKinds.All.First(kind => kind.IsNamed("pl-norm"));
        var parameters = new ParameterList(component, kind.Parameters, SpectralReader.Prefix, context);
        var model = kind.Create([.. kind.Parameters.Select(parameter => parameters[parameter])]);
        if (model is not PowerLawNorm { Norm: 1, Tilt: 0 })
            context.Warnings.Add(
                $"{component.Where}: the parameters beside 'type' are read as a PowerLawNormSpectralModel; gammapy 2.1 ignores them");
        return model;
    }

    private static Map<double> ReadCube(string path)
    {
        using var file = FitsFile.Open(path);
        var hdu = file.Hdus.FirstOrDefault(
            hdu => hdu is FitsImage { Axes.Length: >= 3 } || (hdu is FitsTable table && table.Find("PIX") is not null))
            ?? throw MapErrors.Unsupported(path, "no cube", "a cube of predicted counts with the axis energy");
        var map = MapReader.Read(file, hdu);
        return map.Geometry.FindAxis("energy") is not null && map.Geometry.Axes.Count == 1 && map.Geometry.Grid is not null ? map
            : throw MapErrors.Unsupported(
                path, $"the axes {string.Join(", ", map.Geometry.Axes.Select(axis => axis.Name))}", "a cube with the axis energy");
    }
}
