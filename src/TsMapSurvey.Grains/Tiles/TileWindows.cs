using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Slices;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Grains.Tiles;

/// <summary>Sums windows of what is committed, beside the stack's turns: a week that is read again does not hold up what arrives.</summary>
internal sealed class TileWindows(SurveySetup setup, TileId tile, NightStacks nights, TileTurn turn)
{
    /// <summary>The sum of a window's observations at the revision of a head.</summary>
    /// <exception cref="SurveyServiceException">Blocked: an observation cannot be read again. UndatedObservations.</exception>
    public Task<FrozenStack> FreezeAsync(TileHead head, SliceWindow window, CancellationToken cancellationToken)
    {
        if (head.Undated is > 0 and var undated) throw ServiceErrors.Undated(setup.Name, tile.ToString(), undated);
        return turn.RunBesideAsync(
            async () =>
            {
                var sum = await nights.SumAsync(head.Ledger, window, cancellationToken);
                return await FrozenStack.OfAsync(setup, tile, head, sum, window, cancellationToken);
            },
            cancellationToken);
    }
}
