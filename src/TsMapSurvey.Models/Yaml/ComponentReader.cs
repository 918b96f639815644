using TsMapSurvey.Sky;

namespace TsMapSurvey.Models.Yaml;

internal static class ComponentReader
{
    public const string Source = "SkyModel";

    public static ModelComponent Read(YamlEntry component, ModelContext context) => component.RequiredText("type") switch
    {
        Source or "sky-model" => ReadSource(component, context),
        BackgroundReader.Field or "fov-bkg" => BackgroundReader.ReadField(component, context),
        BackgroundReader.Counts => BackgroundReader.ReadCounts(component, context),
        var type => throw ModelErrors.BadModelFile(
            component.Where, $"the type {type}", $"one of {Source}, {BackgroundReader.Field}, {BackgroundReader.Counts}"),
    };

    /// <summary>The datasets that a component applies to; null for all.</summary>
    public static IReadOnlyList<string>? DatasetNames(YamlEntry component) =>
        component.Texts("datasets_names") is { Length: > 0 } names ? names : null;

    private static SkyModel ReadSource(YamlEntry component, ModelContext context)
    {
        CheckTime(component);
        var irfs = component.Entry("apply_irf");
        if (irfs?.Flag("exposure") == false)
            throw ModelErrors.BadModelFile(
                irfs.Where, "exposure: false", "true: a source is a flux, and the exposure converts it to counts");
        var spectral = SpectralReader.Read(component.RequiredEntry("spectral"), context);
        var (spatial, position) = component.Entry("spatial") is { } entry
            ? SpatialReader.Read(entry, context) : (new NoSpatialModel(), new SkyPosition(0, 0, SkyFrame.Icrs));
        if (spectral.IsNorm != spatial.IsFlux)
            throw ModelErrors.BadModelFile(component.Where,
                spectral.IsNorm ? "a dimensionless spectral model and a spatial model in sr-1"
                    : "a spectral and a spatial model that are both fluxes",
                "exactly one of the two to be a flux");
        return new SkyModel(spatial, spectral)
        {
            Name = component.RequiredText("name"),
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
        if (component.Entry("temporal") is not { } temporal || temporal.RequiredText("type") is var type && type is "ConstantTemporalModel"
            or "const") return;
        if (RefusedModels.Temporal.TryGetValue(type, out var reason)) throw ModelErrors.RefusedModel(temporal.Where, type, reason);
        throw ModelErrors.BadModelFile(temporal.Where, $"the type {type}", "ConstantTemporalModel, or no temporal model");
    }
}
