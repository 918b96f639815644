using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Seams;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Description;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Limits;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Server.Vo.Products;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Seams;

/// <summary>How much the maps of adjacent tiles differ where they meet: for surveys whose tiles have pixels of their own.</summary>
internal static class SeamsEndpoint
{
    private const int MostShown = 50;

    public static void Map(RouteGroupBuilder survey) => survey.MapGet("/seams", AnswerAsync).IsCostly()
        .WithTags("The whole survey").WithName("getSeams").Produces<SeamsAnswer>().Produces<SeamsAnswer>(202).WithVersionHeaders()
        .WithSummary(
            "The largest difference of sqrt_ts between adjacent HEALPix tiles on their borders, where the exposure is above a tenth of "
            + "its maximum; the borders with the largest differences first");

    private static async Task<LiveJson<SeamsAnswer>> AnswerAsync(
        string survey, [AsParameters] PlaneQuery plane, [AsParameters] WaitQuery wait, [AsParameters] ServedSurveys served,
        ProductList products, TimeProvider time, CancellationToken cancellationToken)
    {
        var own = await served.Known.GetAsync(survey, cancellationToken);
        var (map, slice, parameters) = (own.Survey.FindMap(plane.Map), own.Survey.FindSlice(plane.Slice).Name, new Parameters());
        var (axis, options) = (own.Axis(map, "ts"), parameters.Wait(wait));
        var bin = KnownSurvey.EnergyBin(parameters, plane.Energy, axis) ?? 0;
        parameters.Check();
        var tiling = own.Survey.Tiling as ICellTiling ?? throw RequestErrors.NoSeams(own.Name);
        var (check, missing, version) = (new SeamCheck(tiling, own.Survey.Tiling.PixelScaleDeg), new List<MissingTile>(),
            (DataVersion?)null);
        var (began, isComplete) = (time.GetTimestamp(), true);
        foreach (var tile in await products.TilesAsync(own, cancellationToken))
        {
            var left = options.Timeout - time.GetElapsedTime(began);
            var (ticket, fault) = await AddAsync(
                own, tile.Tile, map, bin, slice, options with { Timeout = left > TimeSpan.Zero ? left : TimeSpan.Zero }, check, served,
                cancellationToken);
            if (fault is not null) missing.Add(new MissingTile(tile.Tile, fault));
            isComplete &= ticket.State != TicketState.Computing || (ticket.Blob is not null && !options.Fresh);
            version = Joined(version, ticket.Version());
        }

        var (seams, found) = (check.Find(), version ?? new DataVersion(0, null, false));
        return new LiveJson<SeamsAnswer>(
            new SeamsAnswer(
                map, axis.Edges[bin], axis.Edges[bin + 1], seams.Count == 0 ? null : seams[0].Largest,
                SeamCheck.LeastExposure * check.LargestExposureM2S, seams.Count, seams.Sum(seam => seam.Points),
                [.. seams.Take(MostShown).Select(SeamAnswer.Of)], found.Revision, found.ComputedAt, found.Stale, found.Slice,
                found.Window?.Start, found.Window?.End, MissingTile.List(missing)),
            found, isComplete ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }

    /// <summary>Adds a tile's map, if there is one; otherwise says why there is none, unless the tile has nothing to fit.</summary>
    private static async Task<(MapTicket Ticket, string? Fault)> AddAsync(
        KnownSurvey survey, string name, string map, int bin, string slice, WaitOptions wait, SeamCheck check, ServedSurveys served,
        CancellationToken cancellationToken)
    {
        var tile = survey.Survey.FindTile(name);
        var ticket = await served.Tickets.MapAsync(survey, tile, map, slice, wait, cancellationToken);
        if (ticket.Blob is null)
            return (ticket, ticket.State == TicketState.Empty ? null : ticket.Reason ?? "its map is being computed");
        var stack = await served.Tickets.StackAsync(survey, tile, slice, cancellationToken);
        if (stack.Blob is null) return (ticket, stack.Reason ?? "its stack is not published");
        var options = survey.Survey.Maps[map];
        var maps = await served.Published.FluxMapsAsync(ticket.Blob, options, cancellationToken);
        var dataset = await served.Published.StackAsync(stack.Blob, cancellationToken);
        await Task.Run(
            () => check.Add(
                tile, survey.Survey.GridOf(tile), maps.Find("sqrt_ts")!.Plane(bin),
                BandExposure.Of(dataset, options, bin, survey.Survey.OwnedPixels(tile).Box)),
            cancellationToken);
        return (ticket, null);
    }

    private static DataVersion Joined(DataVersion? one, DataVersion other) => one is not { } first ? other : other with
    {
        Revision = first.Revision + other.Revision,
        ComputedAt = first.ComputedAt > other.ComputedAt ? first.ComputedAt : other.ComputedAt ?? first.ComputedAt,
        Stale = first.Stale || other.Stale,
    };
}
