using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Api.Tiles;
using TsMapSurvey.Server.Description;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Points;

internal static class PointEndpoints
{
    private const string Tag = "Positions";

    public static void Map(RouteGroupBuilder survey)
    {
        survey.MapGet("/point/{ra},{dec}", PositionAsync).WithTags(Tag).WithName("getPoint")
            .WithSummary(
                "The values at a position in degrees: right ascension and declination, or with frame=galactic longitude and latitude")
            .Produces<PointAnswer>().Produces<PointAnswer>(202).WithVersionHeaders();
        survey.MapGet("/pixel/{x},{y}", PixelAsync).WithTags(Tag).WithName("getPixel")
            .WithSummary("The values of a pixel of the survey's grid, counted from 0 at the lower left")
            .Produces<PointAnswer>().Produces<PointAnswer>(202).WithVersionHeaders();
    }

    private static async Task<IResult> PositionAsync(
        string survey, string ra, string dec, [AsParameters] PlaneQuery plane, string? frame, [AsParameters] WaitQuery wait,
        [AsParameters] ServedSurveys served, CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        var position = new SkyPosition(
            parameters.Number(NumberParameter.LongitudeDeg, ra), parameters.Number(NumberParameter.LatitudeDeg, dec),
            parameters.Frame(frame));
        var waitOptions = parameters.Wait(wait);
        var own = await served.Known.GetAsync(survey, cancellationToken);
        var bin = KnownSurvey.EnergyBin(parameters, plane.Energy, own.Axis(own.Survey.FindMap(plane.Map), "ts")) ?? 0;
        parameters.Check();
        return await AnswerAsync(own, position, own.Survey.FindMap(plane.Map), own.Survey.FindSlice(plane.Slice).Name, bin, waitOptions,
            served, cancellationToken);
    }

    private static async Task<IResult> PixelAsync(
        string survey, string x, string y, [AsParameters] PlaneQuery plane, [AsParameters] WaitQuery wait,
        [AsParameters] ServedSurveys served, CancellationToken cancellationToken)
    {
        var own = await served.Known.GetAsync(survey, cancellationToken);
        var parameters = new Parameters();
        var grid = own.Mosaic?.Grid ?? throw RequestErrors.NoPixels(own.Name);
        var (column, row) = (parameters.Integer("x", x, 0, 0, grid.Width - 1), parameters.Integer("y", y, 0, 0, grid.Height - 1));
        var waitOptions = parameters.Wait(wait);
        var bin = KnownSurvey.EnergyBin(parameters, plane.Energy, own.Axis(own.Survey.FindMap(plane.Map), "ts")) ?? 0;
        parameters.Check();
        var position = grid.PixelCentre(column, row) ?? throw RequestErrors.OutsideSurvey(own.Name, $"pixel {column},{row}");
        return await AnswerAsync(own, position, own.Survey.FindMap(plane.Map), own.Survey.FindSlice(plane.Slice).Name, bin, waitOptions,
            served, cancellationToken);
    }

    private static async Task<IResult> AnswerAsync(
        KnownSurvey survey, SkyPosition position, string map, string slice, int bin, WaitOptions waitOptions, ServedSurveys served,
        CancellationToken cancellationToken)
    {
        var (tile, x, y) = survey.Survey.Tiling.Owner(position) ?? throw RequestErrors.OutsideSurvey(survey.Name, $"{position}");
        var stackTicket = served.Tickets.StackAsync(survey, tile, slice, cancellationToken);
        var ticket = await served.Tickets.MapAsync(survey, tile, map, slice, waitOptions, cancellationToken);
        var values = ticket.Blob is { } blob
            ? await served.Published.FluxMapsAsync(blob, survey.Survey.Maps[map], cancellationToken) : null;
        var owned = survey.Survey.OwnedPixels(tile).Box;
        var pixel = new PixelRegion(owned.X + x, owned.Y + y, 1, 1);
        var stack = await StackAsync(await stackTicket, survey.Survey.Maps[map], bin, pixel, served.Published, cancellationToken);
        var (place, axis) = (survey.RegionOf(tile), survey.Axis(map, "ts"));
        double? Value(string quantity) => values?.Find(quantity)?[bin, y, x];

        var (icrs, own) = (position.To(SkyFrame.Icrs), position.To(survey.Survey.Tiling.Frame));
        var answer = new PointAnswer(
            Ra: NormalizeDeg(icrs.LonDeg), Dec: icrs.LatDeg, Lon: NormalizeDeg(own.LonDeg), Lat: own.LatDeg,
            Frame: RequestErrors.CamelCase(own.Frame.ToString()),
            Tile: tile.ToString(), PixelX: place.X + x, PixelY: place.Y + y,
            Map: map, EnergyMinTeV: axis.Edges[bin], EnergyMaxTeV: axis.Edges[bin + 1],
            State: RequestErrors.CamelCase(ticket.State.ToString()), Reason: ticket.Reason,
            Ts: Value("ts"), SqrtTs: Value("sqrt_ts"), Norm: Value("norm"), NormErr: Value("norm_err"),
            Flux: Value("flux"), FluxErr: Value("flux_err"), FluxUl: Value("flux_ul"),
            Counts: stack?.Counts, Background: stack?.Background, Excess: stack?.Counts - stack?.Background, Exposure: stack?.Exposure,
            Status: Words(Value("status")),
            Revision: ticket.Revision, ComputedAt: ticket.ComputedAt, Stale: ticket.Stale,
            Slice: ticket.Version().Slice, WindowStart: ticket.Window?.Start, WindowEnd: ticket.Window?.End,
            StackRevision: (await stackTicket).Revision);
        var status = ticket.State == TicketState.Computing ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        return new LiveJson<PointAnswer>(
            answer, ticket.Version(), waitOptions.Fresh || ticket.Blob is null ? status : StatusCodes.Status200OK);
    }

    private static async Task<(double Counts, double Background, double Exposure)?> StackAsync(
        StackTicket ticket, TsMapOptions map, int bin, PixelRegion pixel, PublishedMaps published, CancellationToken cancellationToken)
    {
        if (ticket.Blob is null) return null;
        var stack = await published.StackAsync(ticket.Blob, cancellationToken);
        return (StackPlane.Of(stack, "counts", null, pixel)[0], StackPlane.Of(stack, "background", null, pixel)[0],
            BandExposure.Of(stack, map, bin, pixel)[0]);
    }

    private static IReadOnlyList<string> Words(double? status) => status is not { } value || !double.IsFinite(value) ? [] :
        [.. Enum.GetValues<FitStatus>().Where(flag => flag != FitStatus.None && ((FitStatus)(int)value).HasFlag(flag))
            .Select(flag => RequestErrors.CamelCase(flag.ToString()))];

    private static double NormalizeDeg(double longitude) => longitude - 360 * Math.Floor(longitude / 360);
}
