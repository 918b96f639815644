using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Published;

/// <summary>Requests published data from the grains, waiting as long as the request allows.</summary>
internal sealed class Tickets(IGrainFactory grains, TimeProvider time)
{
    private const string NoNight = "no observation was stacked yet";
    private static readonly TimeSpan MaxCallTime = TimeSpan.FromSeconds(15);

    /// <summary>Making a reference looks at the attributes of the interface, which took a fourteenth of the time of an answer.</summary>
    private readonly ConditionalWeakTable<KnownSurvey, ConcurrentDictionary<TileId, ITileGrain>> _tiles = [];

    public Task<MapTicket> MapAsync(
        KnownSurvey survey, TileId tile, string map, string slice, WaitOptions waitOptions, CancellationToken cancellationToken)
    {
        var operation = Guid.NewGuid().ToString("N");
        return PollAsync(
            async wait =>
            {
                var (isEmpty, window) = await WindowAsync(survey, slice, cancellationToken);
                if (isEmpty) return new MapTicket(tile.ToString(), map, TicketState.Empty, 0, 0, null, null, NoNight);
                return await Tile(survey, tile)
                    .RequestMap(new MapRequest(map, waitOptions.Fresh, wait, operation, window), cancellationToken);
            },
            ticket => ticket.State == TicketState.Computing && (waitOptions.Fresh || ticket.Blob is null), waitOptions.Timeout);
    }

    /// <summary>A map and the stack of its revision.</summary>
    public Task<PointTicket> PointAsync(
        KnownSurvey survey, TileId tile, string map, string slice, WaitOptions waitOptions, CancellationToken cancellationToken)
    {
        var operation = Guid.NewGuid().ToString("N");
        return PollAsync(
            async wait =>
            {
                var (isEmpty, window) = await WindowAsync(survey, slice, cancellationToken);
                if (isEmpty)
                {
                    return new PointTicket(
                        new MapTicket(tile.ToString(), map, TicketState.Empty, 0, 0, null, null, NoNight),
                        new StackTicket(tile.ToString(), TicketState.Empty, 0, null, null, NoNight));
                }

                return await Tile(survey, tile)
                    .RequestPoint(new MapRequest(map, waitOptions.Fresh, wait, operation, window), cancellationToken);
            },
            ticket => ticket.Map.State == TicketState.Computing && (waitOptions.Fresh || ticket.Map.Blob is null), waitOptions.Timeout);
    }

    public async Task<StackTicket> StackAsync(KnownSurvey survey, TileId tile, string slice, CancellationToken cancellationToken)
    {
        var (isEmpty, window) = await WindowAsync(survey, slice, cancellationToken);
        if (isEmpty) return new StackTicket(tile.ToString(), TicketState.Empty, 0, null, null, NoNight);
        var grain = Tile(survey, tile);
        return window is null ? await grain.RequestStack(cancellationToken) : await grain.RequestWindow(window, cancellationToken);
    }

    public Task<MosaicTicket> MosaicAsync(
        KnownSurvey survey, string map, string slice, string quantity, int energyBin, WaitOptions waitOptions,
        CancellationToken cancellationToken) =>
        PollAsync(
            wait => grains.Mosaic(survey.Name)
                .Request(new MosaicRequest(map, quantity, energyBin, waitOptions.Fresh, wait, slice), cancellationToken),
            ticket => ticket.State == TicketState.Computing && (waitOptions.Fresh || ticket.Blob is null), waitOptions.Timeout);

    public Task<CandidateList> CandidatesAsync(KnownSurvey survey, CandidateRequest request, CancellationToken cancellationToken) =>
        grains.Mosaic(survey.Name).Candidates(request, cancellationToken);

    /// <summary>The current nights of a slice. It is empty before the first night.</summary>
    public async Task<(bool IsEmpty, SliceWindow? Window)> WindowAsync(
        KnownSurvey survey, string slice, CancellationToken cancellationToken)
    {
        if (slice == SliceWindow.All) return (false, null);
        var window = await grains.Survey(survey.Name).GetWindow(slice, cancellationToken);
        return (window is null, window);
    }

    private ITileGrain Tile(KnownSurvey survey, TileId tile) =>
        _tiles.GetOrCreateValue(survey).GetOrAdd(
            tile, static (one, from) => from.grains.Tile(from.survey.Name, one.ToString()), (grains, survey));

    /// <summary>Repeats short calls until the timeout, since no grain call may take long.</summary>
    private async Task<T> PollAsync<T>(Func<TimeSpan, Task<T>> ask, Func<T, bool> isUnfinished, TimeSpan timeout)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var left = timeout - time.GetElapsedTime(began);
            var ticket = await ask(left <= TimeSpan.Zero ? TimeSpan.Zero : left < MaxCallTime ? left : MaxCallTime);
            if (!isUnfinished(ticket) || time.GetElapsedTime(began) >= timeout) return ticket;
        }
    }
}
