using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>MapDatasets as blobs.</summary>
internal static class DatasetBlob
{
    /// <summary>Null where there is no such blob.</summary>
    public static async Task<MapDataset?> FindAsync(IBlobStore blobs, string name, FitsLimits limits, CancellationToken cancellationToken)
    {
        var stream = await blobs.OpenReadAsync(name, null, cancellationToken);
        return stream is null ? null : await DecodeAsync(stream, name, limits, cancellationToken);
    }

    /// <summary>Decodes on a thread of its own; the stream is closed in any case.</summary>
    public static Task<MapDataset> DecodeAsync(Stream stream, string name, FitsLimits limits, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var file = FitsFile.Open(stream, name, limits);
            return MapDatasetFile.Read(file);
        },
        cancellationToken);

    /// <summary>Bytes of the arrays.</summary>
    public static long ByteSize(MapDataset dataset) =>
        8L * ((dataset.Counts?.Data.Length ?? 0) + (dataset.Background?.Data.Length ?? 0) + (dataset.Exposure?.Data.Length ?? 0)
            + (dataset.Psf?.Density.Data.Length ?? 0) + (dataset.Psf?.Exposure?.Data.Length ?? 0)
            + (dataset.Edisp?.Data.Data.Length ?? 0) + (dataset.Edisp?.Exposure?.Data.Length ?? 0))
        + (dataset.MaskSafe?.Data.Length ?? 0) + (dataset.MaskFit?.Data.Length ?? 0);
}
