using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>A dataset that is read by image rows, because it may be larger than memory.</summary>
public interface IDatasetRows
{
    /// <inheritdoc cref="MapDataset.Place"/>
    string Place { get; }

    SkyGrid Grid { get; }

    /// <summary>Reconstructed energy.</summary>
    MapAxis Energy { get; }

    /// <summary>Memory of one image row in a <see cref="MapDataset"/>, in bytes.</summary>
    long BytesPerRow { get; }

    /// <summary>
    /// Reads rows as a dataset. Its grid is a cutout; IRFs and time intervals are those of the whole dataset and are not copied.
    /// </summary>
    /// <param name="firstRow">0-based; row 0 is the lowest.</param>
    /// <param name="count">At least 1.</param>
    MapDataset Rows(int firstRow, int count);
}
