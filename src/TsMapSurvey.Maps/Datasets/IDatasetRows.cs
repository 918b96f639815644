using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>A dataset too large to be held at once, read some image rows at a time.</summary>
public interface IDatasetRows
{
    /// <inheritdoc cref="MapDataset.Place"/>
    string Place { get; }

    /// <summary>The whole image.</summary>
    SkyGrid Grid { get; }

    /// <summary>Reconstructed energy.</summary>
    MapAxis Energy { get; }

    /// <summary>Bytes that one image row takes as part of a <see cref="MapDataset"/>.</summary>
    long BytesPerRow { get; }

    /// <summary>
    /// The rows as a dataset of their own: its grid is cut out of the whole, IRFs and time intervals are those of the whole and shared.
    /// </summary>
    /// <param name="firstRow">0 is the lowest row.</param>
    /// <param name="count">At least 1.</param>
    MapDataset Rows(int firstRow, int count);
}
