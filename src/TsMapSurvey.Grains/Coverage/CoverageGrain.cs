using System.Diagnostics.CodeAnalysis;
using TsMapSurvey.Contracts;
using TsMapSurvey.Grains.Mosaics;
using TsMapSurvey.Grains.Slices;
using TsMapSurvey.Storage.Documents;

namespace TsMapSurvey.Grains.Coverage;

/// <summary>
/// Merges what the tiles have published about their coverage, one merge at a time. The answers name the tiles that cannot answer.
/// </summary>
[CollectionAgeLimit(Minutes = 10)]
[SuppressMessage("Design", "CA1001", Justification = "holds no timer and no wait handle, so there is nothing to dispose")]
internal sealed class CoverageGrain(SurveyCatalog catalog, TimeProvider time) : Grain, ICoverageGrain
{
    private readonly SemaphoreSlim _making = new(1, 1);

    public Task<CoverageTicket> Space(string slice, CancellationToken cancellationToken) =>
        AnswerAsync(slice, async (setup, maker, tiles, window) =>
        {
            var (blob, _, missing) = await maker.SpaceAsync(tiles, window, mustRead: false, cancellationToken);
            return (blob, missing, 0);
        }, cancellationToken);

    public Task<CoverageTicket> SpaceTime(string slice, CancellationToken cancellationToken) =>
        AnswerAsync(slice, async (setup, maker, tiles, window) =>
        {
            var all = (await setup.Records.ReadAsync(time.GetUtcNow(), cancellationToken)).Records
                .Where(record => record.State is RecordState.Stacked or RecordState.Changed && record.Holders.Count > 0).ToArray();
            var timed = all.Where(record => record.Coverage is { Times.Count: > 0 }).ToArray();
            var nights = setup.Survey.Nights;
            ObservationRecord[] chosen =
                [.. timed.Where(record => window?.Contains(nights.NightOf(record.Coverage!.Times[0].StartS)) ?? true)];
            var (blob, missing) = await maker.SpaceTimeAsync(tiles, chosen, window, cancellationToken);
            return (blob, missing, all.Length - timed.Length);
        }, cancellationToken);

    private async Task<CoverageTicket> AnswerAsync(string slice, Making make, CancellationToken cancellationToken)
    {
        var setup = await catalog.GetAsync(this.GetPrimaryKeyString(), cancellationToken);
        var tiles = await TileTickets.TilesAsync(GrainFactory, setup.Name, cancellationToken);
        var window = SliceWindows.Of(setup.Survey, slice, tiles);
        // Without a window no night is known, and no tile has data for the slice.
        if (window is null && slice != SliceWindow.All) return new CoverageTicket(0, null, null);
        var (tickets, missing) = await TileTickets.CoveragesAsync(GrainFactory, setup.Name, tiles, window, cancellationToken);
        var stacked = tickets.Where(ticket => ticket.Revision > 0).ToArray();
        if (stacked.Length == 0) return new CoverageTicket(0, null, null, window, missing);
        await _making.WaitAsync(cancellationToken);
        try
        {
            var maker = new CoverageMaker(setup, GrainFactory, time);
            var (blob, unread, withoutTime) = await make(setup, maker, stacked, window);
            var lost = unread.Select(tile => tile.Tile).ToHashSet(StringComparer.Ordinal);
            var used = stacked.Where(ticket => !lost.Contains(ticket.Tile)).ToArray();
            return new CoverageTicket(
                used.Sum(ticket => ticket.Revision), used.Max(ticket => ticket.CommittedAt), blob, window,
                MissingTile.List([.. missing, .. unread]), withoutTime);
        }
        finally
        {
            _making.Release();
        }
    }

    private delegate Task<(string Blob, IReadOnlyList<MissingTile> Missing, int WithoutTime)> Making(
        SurveySetup setup, CoverageMaker maker, IReadOnlyList<StackTicket> tiles, SliceWindow? window);
}
