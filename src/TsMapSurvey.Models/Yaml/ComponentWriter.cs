using TsMapSurvey.Sky;
using YamlDotNet.RepresentationModel;
using static TsMapSurvey.Models.Yaml.YamlNodes;

namespace TsMapSurvey.Models.Yaml;

/// <summary>Writes a component of gammapy's model YAML, in TsMapSurvey's units.</summary>
internal static class ComponentWriter
{
    public static YamlMappingNode Write(ModelComponent model) => model switch
    {
        SkyModel source => Source(source),
        FieldBackground field => Common(field, BackgroundReader.Field, field.Spectral, field.Spatial, field.Position),
        CountsTemplate counts => With(Common(counts, BackgroundReader.Counts, counts.Spectral, counts.Spatial, counts.Position),
            "filename", Quoted(counts.FileName)),
        _ => throw ModelErrors.BadModel($"{model.GetType().Name} cannot be written as YAML"),
    };

    private static YamlMappingNode Source(SkyModel model)
    {
        var component =
            Common(model, ComponentReader.Source, model.Spectral, model.Spatial is NoSpatialModel ? null : model.Spatial, model.Position);
        if (!model.AppliesPsf || !model.AppliesEdisp)
            component.Add(
                "apply_irf", Mapping(("exposure", Flag(true)), ("psf", Flag(model.AppliesPsf)), ("edisp", Flag(model.AppliesEdisp))));
        return component;
    }

    private static YamlMappingNode Common(
        ModelComponent model, string type, ISpectralModel spectral, ISpatialModel? spatial, SkyPosition position)
    {
        var component = Mapping(("name", Quoted(model.Name)), ("type", Plain(type)));
        if (model.DatasetNames is { } names) component.Add("datasets_names", new YamlSequenceNode(names.Select(Quoted)));
        component.Add("spectral", SpectralWriter.Write(spectral, model));
        return spatial is null ? component : With(component, "spatial", Spatial(spatial, position, model));
    }

    private static YamlMappingNode Spatial(ISpatialModel shape, SkyPosition place, ModelComponent model)
    {
        var template = shape as TemplateSource;
        var (kind, values) = template is null ? Find(shape) : (null, []);
        var position = place.Frame == SkyFrame.Fk5 ? place.To(SkyFrame.Icrs) : place;
        var parameters = template?.Parameters is { } axes ? SpectralWriter.WriteTable(axes, model, SpatialReader.Prefix)
            : shape.IsEverywhere ? new YamlSequenceNode()
            : new YamlSequenceNode(Of(SpatialKinds.Lon, position.LonDeg), Of(SpatialKinds.Lat, position.LatDeg));
        foreach (var (parameter, value) in (kind?.Parameters ?? []).Zip(values)) parameters.Add(Of(parameter, value));
        var type = kind?.Type ?? (template?.Parameters is null ? SpatialKinds.Template : SpatialKinds.Table);
        var spatial = Mapping(
            ("type", Plain(type)),
            ("frame", Plain(position.Frame == SkyFrame.Galactic ? "galactic" : "icrs")),
            ("parameters", parameters));
        if (template is null) return spatial;
        spatial.Add("filename", Quoted(template.FileName));
        if (template.Parameters is null) spatial.Add("normalize", Flag(template.Normalize));
        return With(spatial, "unit", Plain(template.IsFlux ? $"{SpectralKinds.FluxUnit} sr-1" : "1 / sr"));

        YamlMappingNode Of(ParameterKind parameter, double value) =>
            Parameter(parameter, value, model, SpatialReader.Prefix + parameter.Name);
    }

    private static (ModelKind<ISpatialModel> Kind, double[] Values) Find(ISpatialModel model)
    {
        foreach (var kind in SpatialKinds.All)
            if (kind.Values(model) is { } values) return (kind, values);
        throw ModelErrors.BadModel(
            $"{model.GetType().Name} cannot be written as YAML, expected one of "
                + $"{string.Join(", ", SpatialKinds.All.Select(kind => kind.Type))}");
    }

    private static YamlMappingNode With(YamlMappingNode mapping, string key, YamlNode value)
    {
        mapping.Add(key, value);
        return mapping;
    }
}
