using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Slices;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>Sums windows concurrently with the stack's turns, so that reading a week again does not delay new observations.</summary>
internal sealed class TileWindows(SurveySetup setup, TileId tile, NightStacks nights, TileTurn turn)
{
    /// <exception cref="SurveyServiceException">Blocked: an observation cannot be read; UndatedObservations.</exception>
    public Task<FrozenStack> FreezeAsync(TileHead head, SliceWindow window, CancellationToken cancellationToken)
    {
        if (head.Undated is > 0 and var undated) throw ServiceErrors.Undated(setup.Name, tile.ToString(), undated);
        return turn.RunConcurrentlyAsync(
            async () =>
            {
                var sum = await nights.SumAsync(head.Ledger, window, cancellationToken);
                return await FrozenStack.OfAsync(setup, tile, head, sum, window, cancellationToken);
            },
            cancellationToken);
    }
}
