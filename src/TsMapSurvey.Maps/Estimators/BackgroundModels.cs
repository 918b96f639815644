using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Models;

namespace TsMapSurvey.Maps.Estimators;

/// <summary>Known sources as part of the null hypothesis.</summary>
public static class BackgroundModels
{
    /// <summary>The datasets with the sources' predicted counts added to their background; nowhere below zero (numerics 3.5).</summary>
    /// <param name="irfs">One dataset whose PSF and energy dispersion serve all; null: each its own.</param>
    /// <param name="maxPsfRadiusDeg">The PSF is cut there.</param>
    /// <exception cref="MapException">A map is missing, or a model is meant for a dataset that is not there.</exception>
    public static IReadOnlyList<MapDataset> AddTo(IReadOnlyList<MapDataset> datasets, IReadOnlyList<SkyModel> models, MapDataset? irfs = null, double maxPsfRadiusDeg = 5)
    {
        if (models.Count == 0) return datasets;
        foreach (var model in models)
            if (model.DatasetNames is { } names && names.FirstOrDefault(name => datasets.All(dataset => dataset.Name != name)) is { } missing)
                throw MapErrors.BadModel($"background model '{model.Name}' is for the dataset '{missing}', which is none of {string.Join(", ", datasets.Select(dataset => dataset.Name == dataset.Place ? dataset.Name : $"{dataset.Name} ({dataset.Place})"))}");
        return [.. datasets.Select(dataset => WithSources(dataset, [.. models.Where(model => model.DatasetNames?.Contains(dataset.Name) != false)], irfs ?? dataset, maxPsfRadiusDeg))];
    }

    /// <summary>The predicted counts of the models alone, on the geometry of the counts (gammapy's npred_signal).</summary>
    public static Map<double> Counts(MapDataset dataset, IReadOnlyList<SkyModel> models, MapDataset? irfs = null, double maxPsfRadiusDeg = 5)
    {
        var npred = new Map<double>(dataset.Geometry);
        var counts = new SourceCounts(dataset, irfs ?? dataset, maxPsfRadiusDeg);
        foreach (var model in models) counts.AddTo(npred, model);
        return npred;
    }

    private static MapDataset WithSources(MapDataset dataset, IReadOnlyList<SkyModel> models, MapDataset irfs, double maxPsfRadiusDeg)
    {
        if (models.Count == 0) return dataset;
        var background = dataset.Need(dataset.Background, "BACKGROUND", "the null hypothesis");
        var npred = Counts(dataset, models, irfs, maxPsfRadiusDeg);
        for (var i = 0; i < npred.Data.Length; i++)
            npred.Data[i] = double.IsNaN(background.Data[i]) ? double.NaN : Math.Max(0, background.Data[i] + npred.Data[i]);
        return dataset with { Background = background with { Data = npred.Data } };
    }
}
