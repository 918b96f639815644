using TsMapSurvey.Sky;

namespace TsMapSurvey.Models.Yaml;

/// <summary>One component of gammapy's model YAML.</summary>
internal static class ComponentReader
{
    public const string Source = "SkyModel";

    public static ModelComponent Read(YamlEntry component, ModelContext context) => component.NeedText("type") switch
    {
        Source or "sky-model" => ReadSource(component, context),
        BackgroundReader.Field or "fov-bkg" => BackgroundReader.ReadField(component, context),
        BackgroundReader.Counts => BackgroundReader.ReadCounts(component, context),
        var type => throw ModelErrors.BadModelFile(
            component.Where, $"the type {type}", $"one of {Source}, {BackgroundReader.Field}, {BackgroundReader.Counts}"),
    };

    /// <summary>What a component says of the datasets that it is for; null for nothing.</summary>
    public static IReadOnlyList<string>? DatasetNames(YamlEntry component) =>
        component.Texts("datasets_names") is { Length: > 0 } names ? names : null;

    private static SkyModel ReadSource(YamlEntry component, ModelContext context)
    {
        CheckTime(component);
        var irfs = component.Entry("apply_irf");
        if (irfs?.Flag("exposure") == false)
            throw ModelErrors.BadModelFile(irfs.Where, "exposure: false", "true: a source is a flux, which gives counts by the exposure");
        var spectral = SpectralReader.Read(component.NeedEntry("spectral"), context);
        var (spatial, position) = component.Entry("spatial") is { } entry
            ? SpatialReader.Read(entry, context) : (new NoShape(), new SkyPosition(0, 0, SkyFrame.Icrs));
        if (spectral.IsNorm != spatial.IsFlux)
            throw ModelErrors.BadModelFile(component.Where,
                spectral.IsNorm ? "a spectral model that is a pure number beside a spatial one per sr"
                    : "a spectral model that is a flux beside a spatial one that is a flux too",
                "one of the two to be a flux");
        return new SkyModel(spatial, spectral)
        {
            Name = component.NeedText("name"),
            Position = position,
            AppliesPsf = irfs?.Flag("psf") ?? true,
            AppliesEdisp = irfs?.Flag("edisp") ?? true,
            DatasetNames = DatasetNames(component),
            Notes = context.Notes.Count > 0 ? context.Notes : null,
            Warnings = context.Warnings.Count > 0 ? context.Warnings : null,
        };
    }

    private static void CheckTime(YamlEntry component)
    {
        if (component.Entry("temporal") is not { } temporal || temporal.NeedText("type") is var type && type is "ConstantTemporalModel"
            or "const") return;
        if (RefusedModels.Temporal.TryGetValue(type, out var reason)) throw ModelErrors.RefusedModel(temporal.Where, type, reason);
        throw ModelErrors.BadModelFile(temporal.Where, $"the type {type}", "ConstantTemporalModel, or no temporal model");
    }
}
