using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Slices;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>An immutable copy of a tile's stack at a committed revision.</summary>
/// <param name="Window">The nights whose observations are in it; null: all observations.</param>
/// <param name="EmptyReason">Why it is empty; null if it may have data.</param>
internal sealed record FrozenStack(
    long Revision, DateTimeOffset? CommittedAt, MapDataset Dataset, SliceWindow? Window = null, string? EmptyReason = null)
{
    public static async Task<FrozenStack> OfAsync(
        SurveySetup setup, TileId tile, TileHead head, DatasetStack stack, SliceWindow? window, CancellationToken cancellationToken)
    {
        var dataset = await Task.Run(() => stack.ToDataset($"{setup.Name}-{tile}"), cancellationToken);
        if (setup.Irfs is { } irfs) dataset = dataset with { Psf = irfs.Psf, Edisp = irfs.Edisp };
        var emptyReason = window is null || stack.ObservationCount > 0 ? null : $"no observation of this tile from {window.Text()}";
        return new FrozenStack(head.Revision, head.CommittedAt, dataset, window, emptyReason);
    }
}
