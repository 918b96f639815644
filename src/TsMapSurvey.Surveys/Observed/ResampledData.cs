using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Resampling;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys.Observed;

/// <summary>
/// A dataset on another pixel grid than that of the tiles: each tile resamples what lies on it (<see cref="ResampledDataset"/>).
/// </summary>
public sealed class ResampledData : IObservedData
{
    /// <summary>Source pixels that are this many times larger leave gaps between the pixels that get counts.</summary>
    private const double CoarseRatio = 1.5;

    private readonly MapDataset _dataset;
    private readonly MaskedResponses _responses;

    public ResampledData(MapDataset dataset, double pixelScaleDeg)
    {
        (_dataset, _responses) = (dataset, MaskedResponses.Of(dataset));
        Bytes = DatasetBytes.Of(dataset) + DatasetBytes.Of(new MapDataset { Name = "", Psf = _responses.Psf, Edisp = _responses.Edisp });
        Warnings = dataset.Grid.PixelScaleDeg > CoarseRatio * pixelScaleDeg
            ? [.. dataset.Warnings, FormattableString.Invariant(
                $"{dataset.Place}: found pixels of {dataset.Grid.PixelScaleDeg:g4} deg, which are resampled to {pixelScaleDeg:g4} deg: ")
                + "the counts of a pixel go to one smaller pixel, and the gaps between them are not seen in the background"]
            : dataset.Warnings;
    }

    internal ResampledData(MapDataset dataset, ITiling tiling)
        : this(dataset, tiling.PixelScaleDeg)
    {
    }

    public string Name => _dataset.Name;

    public string? ObservationId => _dataset.ObservationId;

    public GoodTimeIntervals? Gti => _dataset.Gti;

    public IReadOnlyList<string> Warnings { get; }

    public long Bytes { get; }

    public MapDataset Template => StackTemplate.Of(_dataset);

    public IReadOnlyList<TileId> TilesOf(ITiling tiling, int haloPixels)
    {
        if (!_dataset.HasSafePixel) return [];
        return Footprint.TilesOf(tiling, _dataset.Grid, haloPixels, _dataset.MaskSafe is { } mask ? SafeImage(mask.Data) : null);
    }

    public Moc CoverageTo(int order) => ExposureCoverage.Containing(_dataset, order);

    public void EnsureFits(MapDataset template) => new DatasetStack(_dataset.Grid.Cutout(0, 0, 1, 1), template).Add(_dataset);

    public MapDataset On(StackGeometry stack) => _dataset.Grid.IsAlignedWith(stack.Image, out _, out _)
        ? _dataset : ResampledDataset.On(stack.Image, _dataset, _responses);

    public double BytesOn(StackGeometry stack) => ResampledDataset.Bytes(stack.Image, _dataset);

    public void Recycle(MapArrays arrays) => arrays.Return(_dataset);

    private bool[] SafeImage(bool[] mask)
    {
        var image = new bool[_dataset.Geometry.PlaneLength];
        for (var plane = 0; plane < mask.Length; plane += image.Length) MaskedRow.Or(image, mask.AsSpan(plane, image.Length));
        return image;
    }
}
