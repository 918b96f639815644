using System.Diagnostics.CodeAnalysis;
using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>
/// Runs one operation on a tile's stack at a time (a turn). Pins the arrays in memory meanwhile, and converts storage exceptions to
/// <see cref="SurveyServiceException"/>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "holds no timer and no wait handle, so there is nothing to dispose")]
internal sealed class TileTurn(SurveySetup setup, TileId tile, HeldStack held, StackMemory memory)
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        memory.Pin(held.Slot);
        try
        {
            return await ConvertAsync(work);
        }
        catch (SurveyServiceException blocked) when (blocked.Error == ServiceError.Blocked && held.Head is not null)
        {
            await held.EnsureNewestAsync(cancellationToken);
            throw;
        }
        finally
        {
            memory.Unpin(held.Slot);
            _turn.Release();
        }
    }

    /// <summary>
    /// A turn that first waits for the admission of memory: for the stack, a second stack or dataset made from it, and an observation's
    /// dataset.
    /// </summary>
    public Task<T> RunAdmittedAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(() => AdmitAsync(work, cancellationToken), cancellationToken);

    /// <summary>Runs read-only work concurrently with turns, after the admission of its memory.</summary>
    public async Task<T> RunConcurrentlyAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await ConvertAsync(() => AdmitAsync(work, cancellationToken));
        }
        catch (SurveyServiceException blocked) when (blocked.Error == ServiceError.Blocked)
        {
            await RunAsync(() => held.EnsureNewestAsync(cancellationToken), cancellationToken);
            throw;
        }
    }

    private async Task<T> ConvertAsync<T>(Func<Task<T>> work)
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

    private async Task<T> AdmitAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var bytes = await setup.TileBytesAsync(cancellationToken);
        using var admitted = await memory.InUse.AdmitAsync($"the stack of tile {tile}", 2 * bytes.Stack + bytes.Observation,
            cancellationToken);
        return await work();
    }
}
