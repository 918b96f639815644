using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Downsampling;

/// <summary>A dataset in coarse pixels; the sums are computed when rows are read.</summary>
internal sealed class ReducedRows(CoarseGrid blocks, IDatasetRows fine, CancellationToken cancellationToken) : IDatasetRows
{
    public string Place => fine.Place;

    public SkyGrid Grid => blocks.Coarse;

    public MapAxis Energy => fine.Energy;

    public long BytesPerRow => fine.BytesPerRow * blocks.Coarse.Width / blocks.Fine.Width;

    public MapDataset Rows(int firstRow, int count) => blocks.Reduce(fine, firstRow, count, cancellationToken);
}
