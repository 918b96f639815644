using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Surveys.Names;
using TsMapSurvey.Tables.Reading;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>The values at a posted list of positions.</summary>
internal static class PostedPoints
{
    /// <summary>Room for 10,000 rows of a catalogue with many columns.</summary>
    private const int MaxBodyBytes = 16 << 20;

    private static readonly (string Type, RowFormat Format)[] Bodies =
    [
        ("application/json", RowFormat.Json), ("text/csv", RowFormat.Csv), ("text/x-ecsv", RowFormat.Csv), ("text/plain", RowFormat.Csv),
        ("application/x-ecsv", RowFormat.Csv), ("application/x-votable+xml", RowFormat.VoTable), ("text/xml", RowFormat.VoTable),
        ("application/xml", RowFormat.VoTable),
    ];

    public static void Map(RouteGroupBuilder survey)
    {
        survey.MapPost("/points", PostAsync).WithTags(PointEndpoints.Tag).WithName("postPoints")
            .WithSummary(
                $"The values at up to {PostedRows.MaxRows} positions, which the body lists as JSON, CSV, ECSV or VOTable with the columns "
                + "ra and dec in degrees (or _RAJ2000, RAJ2000, RA_ICRS, ...; with frame=galactic l and b) and optionally name. The answer "
                + "has a row for each of them, in the same order, and is sent while it is made. A position outside the survey has no "
                + "values, and a reason")
            .Accepts<Stream>(Bodies[0].Type, [.. Bodies.Skip(1).Select(body => body.Type)])
            .Produces<IReadOnlyList<PostedPointAnswer>>().ProducesProblem(413).ProducesProblem(415)
            // Asking for many positions changes nothing, so it needs no key.
            .WithMetadata(new OnlyReads(), new RequestSizeLimitAttribute(MaxBodyBytes), new ChosenForms(TableForm.Streamed));
    }

    private static async Task<IResult> PostAsync(
        string survey, [AsParameters] PlaneQuery plane, string? frame, [AsParameters] LimitQuery limit, [AsParameters] FormQuery format,
        HttpRequest request, [AsParameters] ServedSurveys served, PreparedPoints points, PointReader reader, IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        var skyFrame = parameters.Frame(frame);
        var own = await served.Known.GetAsync(survey, cancellationToken);
        var map = own.Survey.FindMap(plane.Map);
        var bin = KnownSurvey.EnergyBin(parameters, plane.Energy, own.Axis(map, "ts")) ?? 0;
        var nSigmaUl = limit.Read(parameters);
        var form = TableForm.Of(parameters, request, format.Format, TableForm.Streamed);
        var slice = own.Survey.FindSlice(plane.Slice).Name;
        parameters.Check();
        var body = FormatOf(request);
        var rows = PostedRows.Read(await BodyAsync(request, cancellationToken), body, skyFrame);
        return new PointStream(form, new PointOrder(own, map, slice, bin, nSigmaUl, rows), points, reader, grains);
    }

    private static RowFormat FormatOf(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != "identity")
            throw RequestErrors.Encoded($"{request.Headers.ContentEncoding}");
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            foreach (var (known, format) in Bodies)
                if (type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase)) return format;
        }

        throw RequestErrors.NoTable(request.ContentType);
    }

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // Set here too, since a limit of the endpoint has no effect on a server that is hosted otherwise.
        if (request.ContentLength > MaxBodyBytes) throw RequestErrors.BodyTooLarge(MaxBodyBytes);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = MaxBodyBytes;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        return body.ToArray();
    }
}
