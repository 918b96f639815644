using System.Diagnostics.CodeAnalysis;
using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// One operation at a time has a tile's stack (a turn). Its arrays stay in memory meanwhile, and failures are told in the service's words.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "no timer and no wait handle in it: there is nothing to free")]
internal sealed class TileTurn(SurveySetup setup, TileId tile, HeldStack held, StackMemory memory)
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<T> TakeAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        memory.Pin(held.Slot);
        try
        {
            return await TranslatedAsync(work);
        }
        catch (SurveyServiceException blocked) when (blocked.Error == ServiceError.Blocked && held.Head is not null)
        {
            await held.DemandNewestAsync(cancellationToken);
            throw;
        }
        finally
        {
            memory.Unpin(held.Slot);
            _turn.Release();
        }
    }

    /// <summary>A turn that begins when there is room for the stack and for a second one, or for the dataset that is made of it.</summary>
    public Task<T> TakeWithRoomAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) =>
        TakeAsync(() => WithRoomAsync(work, cancellationToken), cancellationToken);

    /// <summary>Runs work that changes nothing beside whatever has the turn, when there is room.</summary>
    public async Task<T> RunBesideAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await TranslatedAsync(() => WithRoomAsync(work, cancellationToken));
        }
        catch (SurveyServiceException blocked) when (blocked.Error == ServiceError.Blocked)
        {
            await TakeAsync(() => held.DemandNewestAsync(cancellationToken), cancellationToken);
            throw;
        }
    }

    private async Task<T> TranslatedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is StorageException or IOException or MapException or FitsException)
        {
            throw ServiceErrors.OfStack(tile.ToString(), exception);
        }
    }

    private async Task<T> WithRoomAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var bytes = await setup.TileBytesAsync(cancellationToken);
        using var room = await memory.InUse.AdmitAsync($"the stack of tile {tile}", 2 * bytes.Stack, cancellationToken);
        return await work();
    }
}
