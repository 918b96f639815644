using TsMapSurvey.Estimators.Fitting;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Strips;

/// <summary>How a large map is cut into strips of rows, so that what one strip needs stays within a budget of memory.</summary>
/// <param name="Rows">Rows of the map that a strip gives; the last may give fewer.</param>
/// <param name="Halo">Rows on both sides that enter its fits: half the widest kernel.</param>
internal sealed record StripPlan(int Rows, int Halo)
{
    /// <summary>With fewer rows than this a strip is mostly halo, whatever the budget.</summary>
    private const int FewestRows = 16;

    /// <summary>Bytes that the estimate of so many rows needs, in sum over the datasets.</summary>
    public static double BytesPerRow(IReadOnlyList<IDatasetRows> datasets, EnergyGroups groups, TsMapSelection selection) =>
        datasets.Sum(dataset => dataset.BytesPerRow) + EstimateBytes.PerRow(datasets[0].Grid.Width, datasets.Count, groups, selection);

    /// <summary>Strips begin where the fit of the whole map begins a run of rows: then every fit starts from the same norm.</summary>
    public static StripPlan Create(int height, int halo, double bytesPerRow, double budgetBytes)
    {
        var most = height * bytesPerRow <= budgetBytes
            ? height : Math.Max(FewestRows, (int)Math.Min(height, budgetBytes / bytesPerRow) - 2 * halo);
        var strips = (height + most - 1) / most;
        var rows = (height + strips - 1) / strips;
        return new StripPlan((rows + BlockFit.Rows - 1) / BlockFit.Rows * BlockFit.Rows, halo);
    }

    /// <summary>The strips: rows to read, and which of these the strip gives.</summary>
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
