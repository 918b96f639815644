using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using TsMapSurvey.Contracts;
using TsMapSurvey.Hips;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Documents;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys.Layers;

namespace TsMapSurvey.Server.Vo.Hips;

/// <summary>A layer's newest version, and what its grain says about it.</summary>
internal sealed record LiveHips(HipsVersion Version, HipsTicket Ticket);

/// <summary>Finds versions of layers: the newest one, as its grain says, or one whose index is still published.</summary>
internal sealed class HipsVersions(IGrainFactory grains, IBlobStore blobs, ByteCache cache, TimeProvider time)
{
    /// <summary>How old the grain's answer may be: a viewer asks for dozens of tiles at once.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(200);

    /// <summary>How long the first request of a layer waits for its first map: a viewer would give the layer up.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // The entries end with the survey, of which there is another object when it was deleted and defined again.
    private readonly ConditionalWeakTable<KnownSurvey, State> _states = [];

    /// <exception cref="RequestException">404 if there are no data, 503 if there are none yet.</exception>
    public async Task<LiveHips> NewestAsync(KnownSurvey survey, SurveyLayer layer, CancellationToken cancellationToken)
    {
        var newest = _states.GetOrCreateValue(survey).Newest.GetOrAdd(layer.Name, _ => new Newest());
        Task<LiveHips> asking;
        lock (newest)
        {
            if (newest.Answer is { IsCompletedSuccessfully: true } known && time.GetElapsedTime(newest.At) <= MaxAge) return known.Result;
            if (newest.Answer is null or { IsCompleted: true })
            {
                newest.At = time.GetTimestamp();
                newest.Answer = Task.Run(() => AskAsync(survey, layer), CancellationToken.None);
            }

            asking = newest.Answer;
        }

        return await asking.WaitAsync(cancellationToken);
    }

    /// <param name="version">As in a URL.</param>
    /// <exception cref="RequestException">404: it never existed, or is no longer published.</exception>
    public async Task<HipsVersion> FindAsync(KnownSurvey survey, SurveyLayer layer, string version, CancellationToken cancellationToken)
    {
        if (!HipsLayout.IsVersion(version)) throw RequestErrors.UnknownVersion(layer.Name, version);
        var blob = new SurveyLayout(survey.Name).Hips(layer.Name).Index(version);
        if (await blobs.FindAsync(blob, cancellationToken) is null) throw RequestErrors.UnknownVersion(layer.Name, version);
        return await ReadAsync(survey, layer, blob, cancellationToken);
    }

    private async Task<LiveHips> AskAsync(KnownSurvey survey, SurveyLayer layer)
    {
        var (grain, began) = (grains.Hips(survey.Name, layer.Name), time.GetTimestamp());
        var ticket = await grain.Request(CancellationToken.None);
        while (ticket.State == TicketState.Computing && time.GetElapsedTime(began) < FirstWait)
        {
            await Task.Delay(Pause, time);
            ticket = await grain.Request(CancellationToken.None);
        }

        if (ticket.Version is null)
            throw ticket.State == TicketState.Empty
                ? RequestErrors.NothingHere($"HiPS {layer.Name}", ticket.Reason)
                : RequestErrors.NotComputed($"HiPS {layer.Name}", ticket.Reason);
        var blob = new SurveyLayout(survey.Name).Hips(layer.Name).Index(ticket.Version);
        return new LiveHips(await ReadAsync(survey, layer, blob, CancellationToken.None), ticket);
    }

    private Task<HipsVersion> ReadAsync(KnownSurvey survey, SurveyLayer layer, string blob, CancellationToken cancellationToken) =>
        cache.GetAsync(
            blob,
            async () =>
            {
                var content = await blobs.ReadAsync(blob, CancellationToken.None) ?? throw DamagedBlobException.Missing(blob);
                var index = HipsIndex.Parse(content.Bytes.Span) ?? throw new DamagedBlobException(blob, "found a damaged index of a HiPS");
                return new HipsVersion(survey, layer, index, Pyramid(survey, layer, index));
            },
            version => 1000L * version.Index.Parts.Count, cancellationToken);

    private HipsPyramid Pyramid(KnownSurvey survey, SurveyLayer layer, HipsIndex index)
    {
        var (tiling, cells) = (survey.Survey.Tiling, _states.GetOrCreateValue(survey).Cells);
        var order = HipsOrders.For(tiling.PixelScaleDeg, layer.Cube is null ? TilePixels.Depth : CubeGrid.WidthOrder);
        return new HipsPyramid(order, [.. index.Parts.Select(part => (cells.GetOrAdd((part.Tile, order), tile =>
            TileCells.Of(tiling, new Sky.TileId(tile.Name), HipsPyramid.FineOrder(tile.Order))), part.Blob is not null))]);
    }

    private sealed class State
    {
        public ConcurrentDictionary<string, Newest> Newest { get; } = new(StringComparer.Ordinal);

        /// <summary>The cells that a tile touches in a pyramid of an order, which never change.</summary>
        public ConcurrentDictionary<(string Name, int Order), long[]> Cells { get; } = new();
    }

    private sealed class Newest
    {
        public Task<LiveHips>? Answer { get; set; }

        public long At { get; set; }
    }
}
