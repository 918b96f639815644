using System.Runtime.CompilerServices;
using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Server.Api.Candidates;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Regions;

/// <summary>A question about a region.</summary>
/// <param name="Bin">Energy bin of the map.</param>
/// <param name="Wait">Tiles that were not read after this time are missing in the answer.</param>
/// <param name="Point">Path of the values at the region's centre; null if it has none.</param>
internal sealed record RegionQuestion(
    KnownSurvey Survey, Moc Region, string Map, string Slice, int Bin, double MinSqrtTs, WaitOptions Wait, string? Point);

/// <summary>Answers questions about regions, with the data of one tile in memory at a time.</summary>
internal sealed class RegionReader(
    Tickets tickets, PublishedMaps published, PublishedMocs mocs, IGrainFactory grains, RegionObservations observations, TimeProvider time)
{
    /// <summary>Pages of the survey's candidates that are searched.</summary>
    private const int MaxCandidatePages = 20;

    public async Task<(RegionAnswer Answer, DataVersion Version, bool IsComplete)> AnswerAsync(
        RegionQuestion question, CancellationToken cancellationToken)
    {
        var (survey, region) = (question.Survey, question.Region);
        var began = time.GetTimestamp();
        var coverage = await grains.Coverage(survey.Name).Space(question.Slice, cancellationToken);
        var covered = coverage.Blob is { } blob ? (await mocs.SpaceAsync(blob, cancellationToken)).Intersect(region) : Moc.Empty(0);
        var sums = new RegionSums(survey, question.Map, question.Bin, region);
        var (missing, stale, isComplete) = (new List<MissingTile>(), false, true);
        await foreach (var tile in TouchedAsync(question, cancellationToken))
        {
            var left = question.Wait.Timeout - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                missing.Add(new MissingTile($"{tile}", "the time of the request was over before it was read; repeat the request"));
                isComplete = false;
                continue;
            }

            try
            {
                var ticket = await AddAsync(question, tile, sums, left, cancellationToken);
                stale |= ticket is { Stale: true };
                if (ticket is not { State: TicketState.Computing } || (ticket.Blob is not null && !question.Wait.Fresh)) continue;
                missing.Add(new MissingTile($"{tile}", "its map is being computed; repeat the request"));
                isComplete = false;
            }
            catch (SurveyServiceException exception)
            {
                missing.Add(new MissingTile($"{tile}", exception.Message));
            }
        }

        string[] tiles = [.. sums.Tiles.Select(tile => tile.Tile)];
        var version = new DataVersion(
            coverage.Revision, coverage.CommittedAt, stale, coverage.Window, DataVersion.Names(missing));
        var axis = survey.Axis(question.Map, "ts");
        var answer = new RegionAnswer(
            region.AreaDeg2, covered.AreaDeg2, covered.AreaDeg2 / region.AreaDeg2, sums.Tiles.Sum(tile => tile.Pixels), question.Map,
            axis.Edges[question.Bin], axis.Edges[question.Bin + 1], sums.Counts, sums.Background, sums.Counts - sums.Background,
            sums.Extremes, question.Point, sums.Tiles,
            await CandidatesAsync(question, tiles, cancellationToken),
            await observations.FindAsync(survey, tiles, covered, coverage.Window, cancellationToken),
            version.Revision, version.ComputedAt, version.Stale, version.Slice, version.Window?.Start, version.Window?.End,
            MissingTile.List(missing));
        return (answer, version, isComplete);
    }

    /// <summary>Adds a tile; returns the ticket of its map, or null if the tile has no data.</summary>
    private async Task<MapTicket?> AddAsync(
        RegionQuestion question, TileId tile, RegionSums sums, TimeSpan left, CancellationToken cancellationToken)
    {
        var survey = question.Survey;
        var stack = await tickets.StackAsync(survey, tile, question.Slice, cancellationToken);
        if (stack.Blob is null) return null;
        var ticket = await tickets.MapAsync(
            survey, tile, question.Map, question.Slice, question.Wait with { Timeout = left }, cancellationToken);
        var maps = ticket.Blob is { } blob
            ? await published.FluxMapsAsync(blob, survey.Survey.Maps[question.Map], cancellationToken) : null;
        var dataset = await published.StackAsync(stack.Blob, cancellationToken);
        await Task.Run(() => sums.Add(tile, dataset, stack.Revision, maps, ticket.Revision), cancellationToken);
        return ticket;
    }

    /// <summary>The tiles with data whose image may overlap with the region.</summary>
    private async IAsyncEnumerable<TileId> TouchedAsync(
        RegionQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            var page = await grains.Survey(question.Survey.Name).Tiles(after, Page<TileSummary>.MaxItems, cancellationToken);
            foreach (var tile in page.Items.Where(tile => tile.Revision > 0 || tile.Fault is not null))
            {
                // A region without covered cells may still be a part of a pixel with data.
                var id = question.Survey.Survey.FindTile(tile.Tile);
                if (RegionPixels.Around(question.Survey.Survey.GridOf(id)).Overlaps(question.Region)) yield return id;
            }

            after = page.Next;
        }
        while (after is not null);
    }

    private async Task<IReadOnlyList<CandidateAnswer>> CandidatesAsync(
        RegionQuestion question, string[] tiles, CancellationToken cancellationToken)
    {
        var found = new List<CandidateAnswer>();
        if (tiles.Length == 0) return found;
        var request = new CandidateRequest(
            question.Map, question.MinSqrtTs, NumberParameter.MinSeparationDeg.Default, false, TimeSpan.Zero, question.Slice);
        for (var pages = 0; pages < MaxCandidatePages; pages++)
        {
            var list = await tickets.CandidatesAsync(question.Survey, request, cancellationToken);
            var version = new DataVersion(
                list.Revision, list.ComputedAt, list.Revision < list.NewestRevision || list.TilesPending > 0, list.Window);
            found.AddRange(from candidate in list.Items
                           where candidate.EnergyBin == question.Bin
                               && question.Region.Contains(new SkyPosition(candidate.RaDeg, candidate.DecDeg, SkyFrame.Icrs))
                           select CandidateAnswer.Of(candidate, question.Survey, list.Map, version));
            if (list.Next is null) break;
            request = request with { After = list.Next };
        }

        return found;
    }
}
