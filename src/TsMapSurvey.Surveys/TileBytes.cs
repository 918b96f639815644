using System.Globalization;
using TsMapSurvey.Estimators.Strips;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys;

/// <summary>The memory in bytes of the largest tile of a survey with its halo, predicted from sizes without allocating it.</summary>
/// <param name="Stack">Bytes of the sums of counts, background, exposure, coverage and IRFs.</param>
/// <param name="Dataset">Bytes of the stack as a dataset, from which maps and exports are created.</param>
/// <param name="Estimate">Bytes that the largest of the maps needs in addition to the dataset.</param>
/// <param name="Observation">Bytes of the dataset that a tile makes of an observation while it adds it; 0 if it adds what was read.</param>
/// <param name="LargestArray">Number of values of the largest cube.</param>
public sealed record TileBytes(double Stack, double Dataset, double Estimate, double Observation, double LargestArray)
{
    /// <summary>IRFs with the defaults of gammapy's MapDataset.create: pixels of 0.2 degrees, 66 bins of rad, 48 bins of migra.</summary>
    private const double DefaultIrfPixelDeg = 0.2;
    private const int DefaultIrfBins = 66 + 1 + 48 + 1;

    /// <summary>
    /// Largest number of bytes at any time: two stacks while the tile is stacked again, or a stack while a map is computed.
    /// </summary>
    public double Total => Stack + Math.Max(Stack + Observation, Dataset + Estimate);

    /// <summary>
    /// Predicts the memory with the IRFs of a template, or with default IRFs without a template; without IRFs if they are read from a file.
    /// </summary>
    /// <exception cref="MapException">The grid of the template's IRFs does not overlap with the survey.</exception>
    public static TileBytes Of(Survey survey, MapDataset? template = null)
    {
        var image = survey.Tiling.GridWithHalo(survey.Tiling.Largest, 0);
        // As a double, since half the width of an extremely wide kernel may not fit into an integer.
        var half = survey.Maps.Values.Max(map => map.KernelWidthDeg!.Value) / image.PixelScaleDeg / 2;
        var halo = Math.Max(survey.HaloPixels, half);
        var (width, height) = (image.Width + 2 * halo, image.Height + 2 * halo);
        var (bins, trueBins) = (survey.Energy.BinCount, survey.EnergyTrue.BinCount);
        var largest = width * height * Math.Max(bins, trueBins);
        if (largest > Array.MaxLength) return new TileBytes(width * height * (8.0 * (2 * bins + trueBins) + 8 * bins), 0, 0, 0, largest);
        var estimate = survey.Maps.Values.Max(
            map => EstimateBytes.Of(width, height, image.Height, 1, bins, trueBins, map, image.PixelScaleDeg));
        var shape = Shape(survey, template);
        var irfs = template is null && survey.IrfsOfTile
            ? 8.0 * DefaultIrfBins * trueBins * DefaultIrfPixels(width, image) * DefaultIrfPixels(height, image) : 0;
        var dataset = DatasetBytes.OfStackedDataset(shape) + irfs;
        return new TileBytes(DatasetBytes.OfStack(shape) + irfs, dataset, estimate, survey.TilesMakeDatasets ? dataset : 0, largest);
    }

    /// <summary>Whether a tile fits into a memory budget.</summary>
    public bool FitsInto(long budget) => Total <= budget && LargestArray <= Array.MaxLength;

    /// <summary>A message if a tile does not fit into a memory budget, with both sizes; null if it does.</summary>
    public string? ProblemWith(long budget) => FitsInto(budget) ? null : SurveyErrors.TileTooLarge(Text(Total), Text(budget));

    /// <summary>Checks that a tile with the IRF maps of an observation fits into a memory budget.</summary>
    /// <exception cref="SurveyException">The tile does not fit.</exception>
    public static void CheckTemplate(Survey survey, MapDataset template, long budget)
    {
        var bytes = Of(survey, template);
        if (!bytes.FitsInto(budget)) throw SurveyErrors.Of("observation", [SurveyErrors.IrfsTooLarge(Text(bytes.Total), Text(budget))]);
    }

    /// <summary>Formats a size for messages, such as 6.5 GB.</summary>
    public static string Text(double bytes) => bytes < 1e9
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.###} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB");

    private static StackGeometry Shape(Survey survey, MapDataset? template)
    {
        var image = survey.GridWithHalo(survey.Tiling.Largest);
        return template is null
            ? new StackGeometry(image, survey.Energy, survey.EnergyTrue, null, null)
            : StackGeometry.Covering(image, template);
    }

    private static double DefaultIrfPixels(double pixels, SkyGrid grid) =>
        Math.Ceiling(pixels * grid.PixelScaleDeg / DefaultIrfPixelDeg) + 2;
}
