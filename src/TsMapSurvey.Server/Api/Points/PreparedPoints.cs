using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using TsMapSurvey.Maps;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>
/// The revision of each tile from which this server answers positions. A newer one is read and prepared for fits in the background, once,
/// while requests are answered from the earlier one; answers do not go back to an earlier one.
/// </summary>
internal sealed class PreparedPoints(Tickets tickets, PublishedMaps published, PointFits fits)
{
    private readonly ConditionalWeakTable<KnownSurvey, ConcurrentDictionary<(TileId, string Map, string Slice), Entry>> _entries = [];

    public async Task<TilePoints> OpenAsync(
        KnownSurvey survey, TileId tile, string map, string slice, WaitOptions wait, CancellationToken cancellationToken)
    {
        var ticket = await tickets.PointAsync(survey, tile, map, slice, wait, cancellationToken);
        var offered = new TilePoints(survey, tile, map, ticket.Map, ticket.Stack);
        if (!offered.IsComplete) return offered;
        var entry = _entries.GetOrCreateValue(survey).GetOrAdd((tile, map, slice), static _ => new Entry());
        while (true)
        {
            Task preparing;
            lock (entry)
            {
                if (entry.Newest is { } newest)
                {
                    if (newest.HasBlobsOf(offered)) return offered;
                    if (IsEarlier(offered, newest)) return Since(newest, offered);
                }

                preparing = entry.Preparing ??= Task.Run(() => PrepareAsync(entry, offered), CancellationToken.None);
                if (!wait.Fresh && entry.Newest is { } earlier) return Since(earlier, offered);
            }

            await preparing.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Forgets revisions with a damaged blob, so that they are not answered from any more.</summary>
    public void Forget(string blob)
    {
        foreach (var (_, entries) in _entries)
            foreach (var entry in entries.Values)
            {
                lock (entry)
                    if (entry.Newest is { } newest && (newest.Map.Blob == blob || newest.Stack.Blob == blob)) entry.Newest = null;
            }
    }

    /// <summary>
    /// Two activations of a tile may exist for a short time, and the older one may offer an earlier revision. A store that was emptied
    /// begins with revision 1 again, later.
    /// </summary>
    private static bool IsEarlier(TilePoints offered, TilePoints newest) =>
        offered.Map.Revision <= newest.Map.Revision && offered.Map.ComputedAt <= newest.Map.ComputedAt;

    private static TilePoints Since(TilePoints newest, TilePoints offered) => newest with
    {
        Map = newest.Map with
        {
            NewestRevision = long.Max(newest.Map.NewestRevision, offered.Map.NewestRevision),
            IsEarlierWindow = newest.Map.Window != offered.Map.Window || offered.Map.IsEarlierWindow,
        },
    };

    private async Task PrepareAsync(Entry entry, TilePoints offered)
    {
        var isPrepared = false;
        try
        {
            if (offered.Map.Blob is { } map) await published.FluxMapsAsync(map, offered.Options, CancellationToken.None);
            try
            {
                await fits.StackAsync(offered, offered.Options, CancellationToken.None);
            }
            catch (MapException)
            {
                // Nothing can be fitted in this stack: each answer says so.
            }

            isPrepared = true;
            PointMeter.CountPrepared(offered.Survey.Name);
        }
        finally
        {
            lock (entry)
            {
                // After a failure the next request waits for another attempt, and is told of its failure.
                (entry.Newest, entry.Preparing) = (isPrepared ? offered : null, null);
            }
        }
    }

    private sealed class Entry
    {
        public TilePoints? Newest { get; set; }

        public Task? Preparing { get; set; }
    }
}
