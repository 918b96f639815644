using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.Models.Images;

namespace TsMapSurvey.Estimators.BackgroundSources;

/// <summary>Adds known sources and corrections to the background, so that they are part of the null hypothesis.</summary>
public static class BackgroundModels
{
    /// <summary>
    /// The datasets with a new background: multiplied by the corrections, plus the sources' predicted counts, and at least zero. A
    /// component for other datasets has no effect, as in gammapy; <see cref="Warnings"/> reports it.
    /// </summary>
    /// <param name="irfs">A dataset whose PSF and energy dispersion are used for all; null to use those of each dataset.</param>
    /// <param name="maxPsfRadiusDeg">The PSF is zero beyond this radius.</param>
    /// <exception cref="MapException">A map is missing, or a cube of counts has other pixels or energies than its dataset.</exception>
    public static IReadOnlyList<MapDataset> AddTo(
        IReadOnlyList<MapDataset> datasets, IReadOnlyList<ModelComponent> models, MapDataset? irfs = null, double maxPsfRadiusDeg = 5) =>
        models.Count == 0 ? datasets
            : [.. datasets.Select(
                dataset => WithModels(dataset, [.. models.Where(model => IsFor(model, dataset))], irfs ?? dataset, maxPsfRadiusDeg))];

    /// <summary>Warnings from the models' files, and one for each model that applies to none of the datasets.</summary>
    public static IEnumerable<string> Warnings(IReadOnlyList<MapDataset> datasets, IReadOnlyList<ModelComponent> models) =>
        models.SelectMany(model => model.Warnings ?? []).Concat(models
            .Where(model => !datasets.Any(dataset => IsFor(model, dataset)))
            .Select(model =>
                $"the model '{model.Name}' is only for the dataset {Quoted(model.DatasetNames!)} and is ignored: the datasets are "
                + $"{string.Join(", ", datasets.Select(NameAndPlace))}"));

    /// <summary>
    /// The predicted counts of the models without the background, on the geometry of the counts (gammapy's npred_signal). Corrections of
    /// the background contribute nothing.
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
        var background = dataset.Require(dataset.Background, "BACKGROUND", "the null hypothesis");
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
            var values = field.Spatial is null ? null : SpatialModelValues.Create(field.Spatial, field.Position, dataset.Grid, energy);
            for (var i = 0; i < plane.Length; i++) plane[i] *= norm * (values?[i] ?? 1);
        }
    }

    private static bool IsFor(ModelComponent model, MapDataset dataset) => model.DatasetNames?.Contains(dataset.Name) != false;

    private static string NameAndPlace(MapDataset dataset) =>
        dataset.Place == dataset.Name ? $"'{dataset.Name}'" : $"'{dataset.Name}' ({dataset.Place})";

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
