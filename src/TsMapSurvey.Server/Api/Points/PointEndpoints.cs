using System.Globalization;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Description;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Points;

internal static class PointEndpoints
{
    public const string Tag = "Positions";

    public static void Map(RouteGroupBuilder survey)
    {
        survey.MapGet("/point/{ra},{dec}", PositionAsync).WithTags(Tag).WithName("getPoint")
            .WithSummary(
                "The values at a position in degrees: right ascension and declination, or with frame=galactic longitude and latitude")
            .Produces<PointAnswer>().Produces<PointAnswer>(202).WithMetadata(new ChosenForms(TableForm.All)).WithVersionHeaders();
        survey.MapGet("/pixel/{x},{y}", PixelAsync).WithTags(Tag).WithName("getPixel")
            .WithSummary("The values of a pixel of the survey's grid, counted from 0 at the lower left")
            .Produces<PointAnswer>().Produces<PointAnswer>(202).WithMetadata(new ChosenForms(TableForm.All)).WithVersionHeaders();
        survey.MapGet("/healpix/{order}/{index}/point", HealpixAsync).WithTags(Tag).WithName("getHealpixPoint")
            .WithSummary("The values at the centre of a HEALPix cell (nested scheme, ICRS)")
            .Produces<PointAnswer>().Produces<PointAnswer>(202).WithMetadata(new ChosenForms(TableForm.All)).WithVersionHeaders();
    }

    private static async Task<TableAnswer<PointAnswer>> PositionAsync(
        string survey, string ra, string dec, [AsParameters] PlaneQuery plane, string? frame, [AsParameters] LimitQuery limit,
        [AsParameters] FormQuery format, [AsParameters] WaitQuery wait, HttpRequest request, [AsParameters] ServedSurveys served,
        PreparedPoints points, PointReader reader, CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        var position = Position(parameters, ra, dec, frame);
        var own = await served.Known.GetAsync(survey, cancellationToken);
        var asked = Asked.Read(parameters, own, plane, limit, format, wait, request);
        parameters.Check();
        return await AnswerAsync(own, position, asked, points, reader, cancellationToken);
    }

    private static async Task<TableAnswer<PointAnswer>> PixelAsync(
        string survey, string x, string y, [AsParameters] PlaneQuery plane, [AsParameters] LimitQuery limit,
        [AsParameters] FormQuery format, [AsParameters] WaitQuery wait, HttpRequest request, [AsParameters] ServedSurveys served,
        PreparedPoints points, PointReader reader, CancellationToken cancellationToken)
    {
        var own = await served.Known.GetAsync(survey, cancellationToken);
        var parameters = new Parameters();
        var grid = own.Mosaic?.Grid ?? throw RequestErrors.NoPixels(own.Name);
        var (column, row) = (parameters.Integer("x", x, 0, 0, grid.Width - 1), parameters.Integer("y", y, 0, 0, grid.Height - 1));
        var asked = Asked.Read(parameters, own, plane, limit, format, wait, request);
        parameters.Check();
        var position = grid.PixelCentre(column, row) ?? throw RequestErrors.OutsideSurvey(own.Name, $"pixel {column},{row}");
        return await AnswerAsync(own, position, asked, points, reader, cancellationToken);
    }

    private static async Task<TableAnswer<PointAnswer>> HealpixAsync(
        string survey, string order, string index, [AsParameters] PlaneQuery plane, [AsParameters] LimitQuery limit,
        [AsParameters] FormQuery format, [AsParameters] WaitQuery wait, HttpRequest request, [AsParameters] ServedSurveys served,
        PreparedPoints points, PointReader reader, CancellationToken cancellationToken)
    {
        var own = await served.Known.GetAsync(survey, cancellationToken);
        var parameters = new Parameters();
        var cell = new HealpixCell(parameters.Integer("order", order, 0, 0, HealpixCell.DeepestOrder), 0);
        if (!long.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number >= HealpixCell.Count(cell.Order))
            parameters.Wrong("index", index, $"a whole number from 0 to {HealpixCell.Count(cell.Order) - 1}");
        var asked = Asked.Read(parameters, own, plane, limit, format, wait, request);
        parameters.Check();
        return await AnswerAsync(own, (cell with { Index = number }).Centre, asked, points, reader, cancellationToken);
    }

    /// <summary>The position in a path, before it is known whether the survey contains it.</summary>
    public static SkyPosition Position(Parameters parameters, string ra, string dec, string? frame) => new(
        parameters.Number(NumberParameter.LongitudeDeg, ra), parameters.Number(NumberParameter.LatitudeDeg, dec), parameters.Frame(frame));

    /// <exception cref="RequestException">404: the survey does not contain the position.</exception>
    public static PointPlace PlaceOf(KnownSurvey survey, SkyPosition position)
    {
        var (tile, x, y) = survey.Survey.Tiling.Owner(position) ?? throw RequestErrors.OutsideSurvey(survey.Name, $"{position}");
        return new PointPlace(position, tile, x, y);
    }

    private static async Task<TableAnswer<PointAnswer>> AnswerAsync(
        KnownSurvey survey, SkyPosition position, Asked asked, PreparedPoints points, PointReader reader,
        CancellationToken cancellationToken)
    {
        var place = PlaceOf(survey, position);
        var source = await points.OpenAsync(survey, place.Tile, asked.Map, asked.Slice, asked.Wait, cancellationToken);
        var written = asked.Form.Format is null
            ? await reader.WrittenAsync(source, asked.Bin, place, asked.NSigmaUl, cancellationToken) : null;
        var answer = written?.Answer ?? await reader.ReadAsync(source, asked.Bin, place, asked.NSigmaUl, cancellationToken);
        var ticket = source.Map;
        var status = ticket.State == TicketState.Computing && (asked.Wait.Fresh || ticket.Blob is null)
            ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        return new TableAnswer<PointAnswer>(
            asked.Form, answer, () => PointTable.Of([answer], survey.Name, asked.Map), ticket.Version(),
            $"{survey.Name}-{asked.Map}-point{ticket.Version().InName}", status, written: written);
    }

    /// <summary>What the query of a position asks for.</summary>
    private sealed record Asked(string Map, string Slice, int Bin, double? NSigmaUl, TableForm Form, WaitOptions Wait)
    {
        public static Asked Read(Parameters parameters, KnownSurvey survey, PlaneQuery plane, LimitQuery limit, FormQuery format,
            WaitQuery wait, HttpRequest request)
        {
            var map = survey.Survey.FindMap(plane.Map);
            return new Asked(
                map, survey.Survey.FindSlice(plane.Slice).Name,
                KnownSurvey.EnergyBin(parameters, plane.Energy, survey.Axis(map, "ts")) ?? 0, limit.Read(parameters),
                TableForm.Of(parameters, request, format.Format, TableForm.All), parameters.Wait(wait));
        }
    }
}
