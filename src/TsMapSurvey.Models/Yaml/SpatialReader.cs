using TsMapSurvey.Sky;

namespace TsMapSurvey.Models.Yaml;

internal static class SpatialReader
{
    public const string Prefix = "spatial.";

    public static (ISpatialModel Model, SkyPosition Position) Read(YamlEntry entry, ModelContext context)
    {
        var type = entry.RequiredText("type");
        if (type is SpatialKinds.Template or "template") return Template(entry, context);
        if (type is SpatialKinds.Table or "templateND") return Table(entry, context);
        if (RefusedModels.Spatial.TryGetValue(type, out var reason)) throw ModelErrors.RefusedModel(entry.Where, type, reason);
        var kind = SpatialKinds.All.FirstOrDefault(kind => kind.IsNamed(type))
            ?? throw ModelErrors.BadModelFile(entry.Where, $"the type {type}",
            "one of " + string.Join(
                ", ", SpatialKinds.All.Select(kind => kind.Type).Append(SpatialKinds.Template).Append(SpatialKinds.Table)));
        var parameters = new ParameterList(entry, [SpatialKinds.Lon, SpatialKinds.Lat, .. kind.Parameters], Prefix, context);
        var model = entry.WithLocation(() => kind.Create([.. kind.Parameters.Select(parameter => parameters[parameter])]));
        return (model, new SkyPosition(parameters[SpatialKinds.Lon], parameters[SpatialKinds.Lat], Frame(entry)));
    }

    private static (ISpatialModel Model, SkyPosition Position) Template(YamlEntry entry, ModelContext context)
    {
        var template = context.Files.Read(entry, "a FITS image", path => TemplateImage.Read(path, entry.Flag("normalize") ?? true, null));
        context.Warnings.AddRange(template.Warnings);
        var parameters = new ParameterList(entry, [SpatialKinds.Lon, SpatialKinds.Lat], Prefix, context);
        var own = template.Grid.Centre;
        return (template, new SkyPosition(
            parameters.Has(SpatialKinds.Lon) ? parameters[SpatialKinds.Lon] : own.LonDeg,
            parameters.Has(SpatialKinds.Lat) ? parameters[SpatialKinds.Lat] : own.LatDeg, template.Grid.Frame));
    }

    private static (ISpatialModel Model, SkyPosition Position) Table(YamlEntry entry, ModelContext context)
    {
        var given = ParameterList.ReadTable(entry, Prefix, context);
        var template = context.Files.Read(
            entry, "a FITS map with an axis for each parameter", path => TemplateImage.Read(path, normalize: false, given));
        context.Warnings.AddRange(template.Warnings);
        return (template, template.Grid.Centre);
    }

    private static SkyFrame Frame(YamlEntry entry) => entry.Text("frame") switch
    {
        null or "icrs" => SkyFrame.Icrs,
        "galactic" => SkyFrame.Galactic,
        "fk5" => SkyFrame.Fk5,
        var other => throw ModelErrors.BadModelFile($"{entry.Where}, frame", $"'{other}'", "icrs or galactic"),
    };
}
