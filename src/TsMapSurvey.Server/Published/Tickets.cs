using TsMapSurvey.Contracts;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server;

/// <summary>Asks the grains for what is published, as patiently as a request is.</summary>
internal sealed class Tickets(IGrainFactory grains, IBlobStore blobs, TimeProvider time)
{
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(15);

    public Task<MapTicket> MapAsync(KnownSurvey survey, TileId tile, string map, Patience patience, CancellationToken cancellationToken)
    {
        var operation = Guid.NewGuid().ToString("N");
        return AskAsync(
            wait => grains.Tile(survey.Name, tile.ToString()).RequestMap(new MapRequest(map, patience.Fresh, wait, operation), cancellationToken),
            ticket => ticket.State == TicketState.Computing && (patience.Fresh || ticket.Blob is null), patience.Timeout);
    }

    public Task<StackTicket> StackAsync(KnownSurvey survey, TileId tile, CancellationToken cancellationToken) =>
        grains.Tile(survey.Name, tile.ToString()).RequestStack(cancellationToken);

    /// <summary>With the time at which its blob was written: the same for everyone who is given that blob.</summary>
    public async Task<MosaicTicket> MosaicAsync(KnownSurvey survey, string map, string quantity, int energyBin, Patience patience, CancellationToken cancellationToken)
    {
        var ticket = await AskAsync(
            wait => grains.Mosaic(survey.Name).Request(new MosaicRequest(map, quantity, energyBin, patience.Fresh, wait), cancellationToken),
            ticket => ticket.State == TicketState.Computing && (patience.Fresh || ticket.Blob is null), patience.Timeout);
        return ticket.Blob is null ? ticket : ticket with { ComputedAt = (await blobs.FindAsync(ticket.Blob, cancellationToken))?.LastModified };
    }

    public Task<CandidateList> CandidatesAsync(KnownSurvey survey, CandidateRequest request, CancellationToken cancellationToken) =>
        grains.Mosaic(survey.Name).Candidates(request, cancellationToken);

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
