using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.Models.Images;

namespace TsMapSurvey.Estimators.BackgroundSources;

/// <summary>Known sources as part of the null hypothesis, and corrections of the background.</summary>
public static class BackgroundModels
{
    /// <summary>
    /// The datasets with their background multiplied by the corrections that are for them, and the sources' predicted counts added to it;
    /// nowhere below zero (numerics 3.5). A component for a dataset that is not there changes nothing, as in gammapy; <see
    /// cref="Warnings"/> names it.
    /// </summary>
    /// <param name="irfs">One dataset whose PSF and energy dispersion serve all; null: each its own.</param>
    /// <param name="maxPsfRadiusDeg">The PSF is cut there.</param>
    /// <exception cref="MapException">A map is missing, or a cube of counts is not on the dataset's pixels and energies.</exception>
    public static IReadOnlyList<MapDataset> AddTo(
        IReadOnlyList<MapDataset> datasets, IReadOnlyList<ModelComponent> models, MapDataset? irfs = null, double maxPsfRadiusDeg = 5) =>
        models.Count == 0 ? datasets
            : [.. datasets.Select(
                dataset => WithModels(dataset, [.. models.Where(model => IsFor(model, dataset))], irfs ?? dataset, maxPsfRadiusDeg))];

    /// <summary>What a user should know of the models: what their files said, and which of them are for no dataset.</summary>
    public static IEnumerable<string> Warnings(IReadOnlyList<MapDataset> datasets, IReadOnlyList<ModelComponent> models) =>
        models.SelectMany(model => model.Warnings ?? []).Concat(models
            .Where(model => !datasets.Any(dataset => IsFor(model, dataset)))
            .Select(model =>
                $"the model '{model.Name}' is for the dataset {Quoted(model.DatasetNames!)} and left out: found "
                + $"{string.Join(", ", datasets.Select(Called))}"));

    /// <summary>
    /// The predicted counts of the models alone, on the geometry of the counts (gammapy's npred_signal); corrections of the background
    /// have none.
    /// </summary>
    public static Map<double> Counts(
        MapDataset dataset, IReadOnlyList<ModelComponent> models, MapDataset? irfs = null, double maxPsfRadiusDeg = 5)
    {
        var npred = new Map<double>(dataset.Geometry);
        var counts = new SourceCounts(dataset, irfs ?? dataset, maxPsfRadiusDeg);
        foreach (var model in models)
        {
            if (model is SkyModel source) counts.AddTo(npred, source);
            if (model is CountsTemplate cube) CountsCube.AddTo(npred, cube, dataset);
        }

        return npred;
    }

    private static MapDataset WithModels(MapDataset dataset, IReadOnlyList<ModelComponent> models, MapDataset irfs, double maxPsfRadiusDeg)
    {
        if (models.Count == 0) return dataset;
        var background = dataset.Need(dataset.Background, "BACKGROUND", "the null hypothesis");
        double[] corrected = [.. background.Data];
        foreach (var field in models.OfType<FieldBackground>()) Multiply(corrected, field, dataset);
        if (models.All(model => model is FieldBackground)) return dataset with { Background = background with { Data = corrected } };
        var npred = Counts(dataset, models, irfs, maxPsfRadiusDeg);
        for (var i = 0; i < npred.Data.Length; i++)
            npred.Data[i] = double.IsNaN(corrected[i]) ? double.NaN : Math.Max(0, corrected[i] + npred.Data[i]);
        return dataset with { Background = background with { Data = npred.Data } };
    }

    private static void Multiply(double[] background, FieldBackground field, MapDataset dataset)
    {
        for (var k = 0; k < dataset.Energy.BinCount; k++)
        {
            var energy = dataset.Energy.Centers[k];
            var plane = background.AsSpan(k * dataset.Geometry.PlaneLength, dataset.Geometry.PlaneLength);
            var norm = field.Spectral.Differential(energy);
            var values = field.Spatial is null ? null : SpatialNumbers.Create(field.Spatial, field.Position, dataset.Grid, energy);
            for (var i = 0; i < plane.Length; i++) plane[i] *= norm * (values?[i] ?? 1);
        }
    }

    private static bool IsFor(ModelComponent model, MapDataset dataset) => model.DatasetNames?.Contains(dataset.Name) != false;

    private static string Called(MapDataset dataset) =>
        dataset.Place == dataset.Name ? $"'{dataset.Name}'" : $"'{dataset.Name}' ({dataset.Place})";

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
