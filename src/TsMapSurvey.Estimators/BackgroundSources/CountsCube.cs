using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.Models.Images;

namespace TsMapSurvey.Estimators.BackgroundSources;

/// <summary>Adds a cube of predicted counts in its overlap with the pixels of a dataset.</summary>
internal static class CountsCube
{
    /// <exception cref="MapException">The cube has other energy bins than the dataset or is not aligned with its pixels.</exception>
    public static void AddTo(Map<double> npred, CountsTemplate model, MapDataset dataset)
    {
        var (cube, grid) = (model.Counts, model.Counts.Geometry.Grid!);
        if (!cube.Geometry.Axis("energy").Matches(dataset.Energy))
            throw MapErrors.DifferentAxes(model.FileName, cube.Geometry.Axis("energy"), dataset.Energy);
        if (!dataset.Grid.IsAlignedWith(grid, out var dx, out var dy))
            throw MapErrors.NotAligned(model.FileName, $"predicted counts are added to those of {dataset.Name}");
        var shared = dataset.Grid.Intersect(grid);
        for (var k = 0; k < dataset.Energy.BinCount; k++)
        {
            var energy = dataset.Energy.Centers[k];
            var norm = model.Spectral.Differential(energy);
            var values = model.Spatial is null ? null : SpatialModelValues.Create(model.Spatial, model.Position, grid, energy);
            for (var y = shared.Y; y < shared.Bottom; y++)
                for (var x = shared.X; x < shared.Right; x++)
                {
                    var from = (y + dy) * grid.Width + x + dx;
                    npred.Plane(k)[y * dataset.Grid.Width + x] += norm * (values?[from] ?? 1) * cube.Plane(k)[from];
                }
        }
    }
}
