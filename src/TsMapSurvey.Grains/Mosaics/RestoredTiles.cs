using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Mosaics;

/// <summary>Reads what a tile has published; what is missing or damaged the tile makes again first.</summary>
internal static class RestoredTiles
{
    /// <summary>A tile that has just begun needs a second time: it learns by the first that a map is not there.</summary>
    private const int MostTimes = 2;

    /// <param name="blob">That is read; null where there is none to be made again.</param>
    /// <returns>What was read, or why it cannot be had.</returns>
    public static async Task<(T? Value, string? Fault)> ReadAsync<T>(
        ITileGrain tile, string? blob, Func<Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        for (var times = 0; ; times++)
        {
            try
            {
                return (await read(), null);
            }
            catch (Exception exception) when (IsDamage(exception))
            {
                if (blob is null || times == MostTimes) return (null, exception.Message);
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
