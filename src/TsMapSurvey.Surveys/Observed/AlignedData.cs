using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys.Observed;

/// <summary>A dataset on the pixel grid that all tiles of a survey share: tiles add their part of it without a copy.</summary>
public sealed class AlignedData(MapDataset dataset) : IObservedData
{
    public MapDataset Dataset { get; } = dataset;

    public string Name => Dataset.Name;

    public string? ObservationId => Dataset.ObservationId;

    public GoodTimeIntervals? Gti => Dataset.Gti;

    public IReadOnlyList<string> Warnings => Dataset.Warnings;

    public long Bytes { get; } = DatasetBytes.Of(dataset);

    public MapDataset Template => StackTemplate.Of(Dataset);

    public IReadOnlyList<TileId> TilesOf(ITiling tiling, int haloPixels) =>
        Dataset.HasSafePixel ? [.. tiling.Touching(Dataset.Grid, haloPixels)] : [];

    public Moc CoverageTo(int order) => ExposureCoverage.Containing(Dataset, order);

    public void EnsureFits(MapDataset template) => new DatasetStack(Dataset.Grid.Cutout(0, 0, 1, 1), template).Add(Dataset);

    public MapDataset On(StackGeometry stack) => Dataset;

    public double BytesOn(StackGeometry stack) => 0;

    public void Recycle(MapArrays arrays) => arrays.Return(Dataset);
}
