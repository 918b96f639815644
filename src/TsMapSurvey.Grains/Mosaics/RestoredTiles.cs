using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Mosaics;

/// <summary>Reads a tile's published blobs, and has the tile restore missing or damaged ones.</summary>
internal static class RestoredTiles
{
    /// <summary>A tile that was just activated needs a second call: only the first one tells it that a map is missing.</summary>
    private const int MaxRestores = 2;

    /// <param name="blob">Name of the blob to restore; null if there is none.</param>
    /// <returns>The value, or why it could not be read.</returns>
    public static async Task<(T? Value, string? Fault)> ReadAsync<T>(
        ITileGrain tile, string? blob, Func<Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        for (var restores = 0; ; restores++)
        {
            try
            {
                return (await read(), null);
            }
            catch (Exception exception) when (IsDamage(exception))
            {
                if (blob is null || restores == MaxRestores) return (null, exception.Message);
            }

            try
            {
                await tile.Restore(blob, cancellationToken);
            }
            catch (Exception exception) when (exception is SurveyServiceException or TimeoutException or OrleansException)
            {
                return (null, exception.Message);
            }
        }
    }

    private static bool IsDamage(Exception exception) =>
        exception is FitsException or MapException or SurveyServiceException { Error: ServiceError.StoreRefused }
            or StorageException { IsRetryable: false };
}
