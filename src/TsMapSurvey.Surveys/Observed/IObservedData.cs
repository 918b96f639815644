using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Surveys.Observed;

/// <summary>
/// An observation as it was read, in whatever form, and checked for one survey. It is read once for all tiles, and each tile takes its
/// dataset on its own work grid. Immutable and used by many threads at once, until <see cref="Recycle"/>.
/// </summary>
public interface IObservedData
{
    /// <summary>The name used in messages: the file or blob if there is one.</summary>
    string Name { get; }

    /// <summary>OBS_ID or a similar identity; null if the file has none.</summary>
    string? ObservationId { get; }

    /// <summary>Null if the file does not say when it was made.</summary>
    GoodTimeIntervals? Gti { get; }

    /// <summary>Defects that do not prevent its use. Each sentence names the file and the HDU.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>Safe energies and background norm of an event list; null for other data.</summary>
    ObservationRange? Range => null;

    /// <summary>Bytes that it keeps in memory.</summary>
    long Bytes { get; }

    /// <summary>
    /// The axes and the IRF grid from which the stacks of all tiles are made if this is the first observation of a survey.
    /// </summary>
    /// <exception cref="MapException">It lacks a map.</exception>
    MapDataset Template { get; }

    /// <summary>
    /// The tiles whose work grid may have a pixel that the observation adds something to, each once, in the order of the tiling; none if
    /// it has no valid pixel. The observation is in the ledger of each of them.
    /// </summary>
    IReadOnlyList<TileId> TilesOf(ITiling tiling, int haloPixels);

    /// <summary>Cells that together contain all positions that it adds to stacks.</summary>
    /// <param name="order">Coarser than the pixels.</param>
    Moc CoverageTo(int order);

    /// <summary>Checks what does not depend on the tile: that it can be added to stacks made from this template.</summary>
    /// <exception cref="MapException">Every tile would refuse it.</exception>
    void EnsureFits(MapDataset template);

    /// <summary>
    /// The dataset to add to a stack of this shape by <see cref="DatasetStack.Add(MapDataset)"/>. It is on the grid of the stack's image,
    /// or on one shifted by whole pixels. The same bits for the same stack shape, whichever silo asks, so that a stack can be made again.
    /// It may be shared: it must not be changed, nor used after <see cref="Recycle"/>.
    /// </summary>
    /// <exception cref="MapException">It cannot be made on this grid.</exception>
    MapDataset On(StackGeometry stack);

    /// <summary>
    /// The largest number of bytes that <see cref="On"/> allocates for a stack of this shape; 0 if it returns what it has.
    /// </summary>
    double BytesOn(StackGeometry stack);

    /// <summary>Returns its arrays to a pool. Nothing that it gave may be used afterwards.</summary>
    void Recycle(MapArrays arrays);
}
