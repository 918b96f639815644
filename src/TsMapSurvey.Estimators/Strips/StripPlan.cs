using TsMapSurvey.Estimators.Fitting;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Strips;

/// <summary>Divides a large map into strips of rows, so that each strip fits into a memory budget.</summary>
/// <param name="Rows">Fitted rows of a strip; the last strip may have fewer.</param>
/// <param name="Halo">Additional rows that are read on both sides: half the widest kernel.</param>
internal sealed record StripPlan(int Rows, int Halo)
{
    /// <summary>The smallest number of rows, even if it exceeds the budget: strips with fewer rows would consist mostly of halo.</summary>
    private const int MinRows = 16;

    /// <summary>Bytes that the estimate needs per row, summed over the datasets.</summary>
    public static double BytesPerRow(IReadOnlyList<IDatasetRows> datasets, EnergyGroups groups, TsMapSelection selection) =>
        datasets.Sum(dataset => dataset.BytesPerRow) + EstimateBytes.PerRow(datasets[0].Grid.Width, datasets.Count, groups, selection);

    /// <summary>Strips begin where a run of rows begins in the fit of the whole map, so that every fit starts from the same norm.</summary>
    public static StripPlan Create(int height, int halo, double bytesPerRow, double budgetBytes)
    {
        var most = height * bytesPerRow <= budgetBytes
            ? height : Math.Max(MinRows, (int)Math.Min(height, budgetBytes / bytesPerRow) - 2 * halo);
        var strips = (height + most - 1) / most;
        var rows = (height + strips - 1) / strips;
        return new StripPlan((rows + BlockFit.Rows - 1) / BlockFit.Rows * BlockFit.Rows, halo);
    }

    /// <summary>The strips: the rows to read, and the region of these rows that is fitted.</summary>
    public IEnumerable<(int FirstRead, int Read, PixelRegion Region)> Strips(int width, int height)
    {
        for (var first = 0; first < height; first += Rows)
        {
            var (count, firstRead) = (Math.Min(Rows, height - first), Math.Max(0, first - Halo));
            yield return (
                firstRead, Math.Min(height, first + count + Halo) - firstRead, new PixelRegion(0, first - firstRead, width, count));
        }
    }
}
