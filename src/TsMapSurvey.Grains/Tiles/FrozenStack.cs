using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Slices;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>A tile's stack as committed at a revision, as a dataset that nobody changes.</summary>
/// <param name="Window">Whose observations are in it; null: all.</param>
/// <param name="Nothing">Why there is nothing in it; null: there is something, or nobody knows.</param>
internal sealed record FrozenStack(
    long Revision, DateTimeOffset? CommittedAt, MapDataset Dataset, SliceWindow? Window = null, string? Nothing = null)
{
    /// <summary>A copy of a stack, or of a window's sum, at the revision of a head.</summary>
    public static async Task<FrozenStack> OfAsync(
        SurveySetup setup, TileId tile, TileHead head, DatasetStack stack, SliceWindow? window, CancellationToken cancellationToken)
    {
        var dataset = await Task.Run(() => stack.ToDataset($"{setup.Name}-{tile}"), cancellationToken);
        if (setup.Irfs is { } irfs) dataset = dataset with { Psf = irfs.Psf, Edisp = irfs.Edisp };
        var nothing = window is null || stack.ObservationCount > 0 ? null : $"nothing was observed here from {window.Text()}";
        return new FrozenStack(head.Revision, head.CommittedAt, dataset, window, nothing);
    }
}
