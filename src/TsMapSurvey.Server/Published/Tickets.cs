using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Published;

/// <summary>Asks the grains for what is published, as patiently as a request is.</summary>
internal sealed class Tickets(IGrainFactory grains, TimeProvider time)
{
    private const string NoNight = "nothing was stacked yet";
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(15);

    public Task<MapTicket> MapAsync(
        KnownSurvey survey, TileId tile, string map, string slice, Patience patience, CancellationToken cancellationToken)
    {
        var operation = Guid.NewGuid().ToString("N");
        return AskAsync(
            async wait =>
            {
                var (isEmpty, window) = await WindowAsync(survey, slice, cancellationToken);
                if (isEmpty) return new MapTicket(tile.ToString(), map, TicketState.Empty, 0, 0, null, null, NoNight);
                return await grains.Tile(survey.Name, tile.ToString())
                    .RequestMap(new MapRequest(map, patience.Fresh, wait, operation, window), cancellationToken);
            },
            ticket => ticket.State == TicketState.Computing && (patience.Fresh || ticket.Blob is null), patience.Timeout);
    }

    public async Task<StackTicket> StackAsync(KnownSurvey survey, TileId tile, string slice, CancellationToken cancellationToken)
    {
        var (isEmpty, window) = await WindowAsync(survey, slice, cancellationToken);
        if (isEmpty) return new StackTicket(tile.ToString(), TicketState.Empty, 0, null, null, NoNight);
        var grain = grains.Tile(survey.Name, tile.ToString());
        return window is null ? await grain.RequestStack(cancellationToken) : await grain.RequestWindow(window, cancellationToken);
    }

    public Task<MosaicTicket> MosaicAsync(
        KnownSurvey survey, string map, string slice, string quantity, int energyBin, Patience patience,
        CancellationToken cancellationToken) =>
        AskAsync(
            wait => grains.Mosaic(survey.Name)
                .Request(new MosaicRequest(map, quantity, energyBin, patience.Fresh, wait, slice), cancellationToken),
            ticket => ticket.State == TicketState.Computing && (patience.Fresh || ticket.Blob is null), patience.Timeout);

    public Task<CandidateList> CandidatesAsync(KnownSurvey survey, CandidateRequest request, CancellationToken cancellationToken) =>
        grains.Mosaic(survey.Name).Candidates(request, cancellationToken);

    /// <summary>The nights of a slice as they are now: without any, it is empty.</summary>
    private async Task<(bool IsEmpty, SliceWindow? Window)> WindowAsync(
        KnownSurvey survey, string slice, CancellationToken cancellationToken)
    {
        if (slice == SliceWindow.All) return (false, null);
        var window = await grains.Survey(survey.Name).GetWindow(slice, cancellationToken);
        return (window is null, window);
    }

    /// <summary>Turn by turn, so that no call of a grain takes long.</summary>
    private async Task<T> AskAsync<T>(Func<TimeSpan, Task<T>> ask, Func<T, bool> isUnfinished, TimeSpan patience)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var left = patience - time.GetElapsedTime(began);
            var ticket = await ask(left <= TimeSpan.Zero ? TimeSpan.Zero : left < LongestTurn ? left : LongestTurn);
            if (!isUnfinished(ticket) || time.GetElapsedTime(began) >= patience) return ticket;
        }
    }
}
