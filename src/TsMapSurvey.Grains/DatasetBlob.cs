using System.Buffers;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

internal static class DatasetBlob
{
    private const int MaxPrefetchedBytes = 32 << 20;

    public static async Task<MapDataset?> FindAsync(IBlobStore blobs, string name, FitsLimits limits, CancellationToken cancellationToken)
    {
        var stream = await blobs.OpenReadAsync(name, null, cancellationToken);
        return stream is null ? null : await DecodeAsync(stream, name, limits, file => MapDatasetFile.Read(file), cancellationToken);
    }

    /// <summary>
    /// Decodes on the thread pool and always closes the stream. A blob of ordinary size is read into memory first, so that no thread blocks
    /// on the store while it decodes.
    /// </summary>
    /// <param name="decode">Makes a value of the open file.</param>
    public static async Task<T> DecodeAsync<T>(
        Stream stream, string name, FitsLimits limits, Func<FitsFile, T> decode, CancellationToken cancellationToken)
    {
        if (stream.Length > MaxPrefetchedBytes) return await Task.Run(() => Decode(stream, name, limits, decode), cancellationToken);
        await using (stream)
        {
            var fetched = ArrayPool<byte>.Shared.Rent((int)stream.Length);
            try
            {
                var length = await stream.ReadAtLeastAsync(
                    fetched.AsMemory(0, (int)stream.Length), (int)stream.Length, throwOnEndOfStream: false, cancellationToken);
                return await Task.Run(
                    () => Decode(new MemoryStream(fetched, 0, length, writable: false), name, limits, decode), cancellationToken);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(fetched);
            }
        }
    }

    private static T Decode<T>(Stream stream, string name, FitsLimits limits, Func<FitsFile, T> decode)
    {
        using var file = FitsFile.Open(stream, name, limits);
        return decode(file);
    }
}
