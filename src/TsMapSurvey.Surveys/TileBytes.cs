using System.Globalization;
using TsMapSurvey.Estimators.Strips;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys;

/// <summary>
/// What the largest tile of a survey takes in memory with its halo, computed from sizes alone: nothing is allocated for it.
/// </summary>
/// <param name="Stack">Sums of counts, background, exposure, coverage and IRFs.</param>
/// <param name="Dataset">The same as a dataset, which maps and exports are made of.</param>
/// <param name="Estimate">What the most demanding of the maps allocates beside the dataset.</param>
/// <param name="LargestArray">Values of the largest cube.</param>
public sealed record TileBytes(double Stack, double Dataset, double Estimate, double LargestArray)
{
    /// <summary>
    /// IRFs as gammapy's MapDataset.create makes them where nothing is given: pixels of 0.2 degrees, 66 bins of rad, 48 of migra.
    /// </summary>
    private const double UsualIrfPixelDeg = 0.2;

    private const int UsualIrfBins = 66 + 1 + 48 + 1;

    /// <summary>A stack while another one of the tile is made, or while a map is made of it.</summary>
    public double Total => Stack + Math.Max(Stack, Dataset + Estimate);

    /// <summary>With the IRFs of a template, or with usual ones where none is known yet; without any where they come from a file.</summary>
    /// <exception cref="MapException">The grid of the template's IRFs does not reach the survey.</exception>
    public static TileBytes Of(Survey survey, MapDataset? template = null)
    {
        var image = survey.Tiling.GridWithHalo(survey.Tiling.Largest, 0);
        // As a double: halves of kernels of absurd widths are no whole numbers any more.
        var half = survey.Maps.Values.Max(map => map.KernelWidthDeg!.Value) / image.PixelScaleDeg / 2;
        var halo = Math.Max(survey.HaloPixels, half);
        var (width, height) = (image.Width + 2 * halo, image.Height + 2 * halo);
        var (bins, trueBins) = (survey.Energy.BinCount, survey.EnergyTrue.BinCount);
        var largest = width * height * Math.Max(bins, trueBins);
        if (largest > Array.MaxLength) return new TileBytes(width * height * (8.0 * (2 * bins + trueBins) + 8 * bins), 0, 0, largest);
        var estimate = survey.Maps.Values.Max(
            map => EstimateBytes.Of(width, height, image.Height, 1, bins, trueBins, map, image.PixelScaleDeg));
        var shape = Shape(survey, template);
        var irfs = template is null && survey.IrfsOfTile
            ? 8.0 * UsualIrfBins * trueBins * UsualIrfPixels(width, image) * UsualIrfPixels(height, image) : 0;
        return new TileBytes(DatasetBytes.OfStack(shape) + irfs, DatasetBytes.OfStackedDataset(shape) + irfs, estimate, largest);
    }

    /// <summary>Whether a tile can be in memory within a budget.</summary>
    public bool FitsInto(long budget) => Total <= budget && LargestArray <= Array.MaxLength;

    /// <summary>Why a definition is too large for a budget, with both figures; null where it is not.</summary>
    public string? ProblemWith(long budget) => FitsInto(budget) ? null : SurveyErrors.TileTooLarge(Text(Total), Text(budget));

    /// <summary>Whether the tiles of a survey can have IRF maps as an observation's.</summary>
    /// <exception cref="SurveyException">They cannot, within the budget.</exception>
    public static void CheckTemplate(Survey survey, MapDataset template, long budget)
    {
        var bytes = Of(survey, template);
        if (!bytes.FitsInto(budget)) throw SurveyErrors.Of("observation", [SurveyErrors.IrfsTooLarge(Text(bytes.Total), Text(budget))]);
    }

    /// <summary>For people: 6.5 GB.</summary>
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

    private static double UsualIrfPixels(double pixels, SkyGrid grid) => Math.Ceiling(pixels * grid.PixelScaleDeg / UsualIrfPixelDeg) + 2;
}
