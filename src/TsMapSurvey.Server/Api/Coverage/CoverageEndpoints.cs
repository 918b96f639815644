using System.Globalization;
using System.Text;
using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Coverage;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Description;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Coverage;

/// <summary>Where and when a survey has data, as multi-order coverage maps (IVOA MOC 2.0).</summary>
internal static class CoverageEndpoints
{
    private const string Tag = "The whole survey";
    private const string WithoutTime = "Tsmap-Without-Time";

    private static readonly CoverageForm[] Forms =
    [
        new("/coverage.moc", "getCoverage", CoverageFormat.Ascii, false, "Where the survey has data: a MOC as ASCII text"),
        new("/coverage.fits", "getCoverageFits", CoverageFormat.Fits, false, "Where the survey has data: a MOC as FITS"),
        new("/coverage.json", "getCoverageJson", CoverageFormat.Json, false, "Where the survey has data: a MOC as JSON"),
        new("/coverage.stmoc", "getCoverageByTime", CoverageFormat.Ascii, true,
            "Where the survey has data, by time: a space-time MOC as ASCII text"),
        new("/coverage.stmoc.fits", "getCoverageByTimeFits", CoverageFormat.Fits, true,
            "Where the survey has data, by time: a space-time MOC as FITS"),
        new("/coverage.stmoc.json", "getCoverageByTimeJson", CoverageFormat.Json, true,
            "Where the survey has data, by time: a space-time MOC as JSON"),
    ];

    public static void Map(RouteGroupBuilder survey)
    {
        foreach (var form in Forms)
        {
            var route = survey.MapGet(form.Path, form.HasTimes ? SpaceTimeAsync : SpaceAsync).WithMetadata(form).WithTags(Tag)
                .WithName(form.Name).WithSummary(form.Summary);
            if (form.Format == CoverageFormat.Json && form.HasTimes) route.Produces<SpaceTimeCoverage[]>();
            else if (form.Format == CoverageFormat.Json) route.Produces<Dictionary<string, long[]>>();
            else route.Produces<string>(StatusCodes.Status200OK, form.MediaType);
            route.Produces(StatusCodes.Status304NotModified).WithVersionHeaders();
        }
    }

    private static async Task<MapFile> SpaceAsync(
        string survey, string? slice, string? order, HttpContext context, KnownSurveys known, IGrainFactory grains, PublishedMocs published,
        CancellationToken cancellationToken)
    {
        var form = CoverageForm.Of(context);
        var parameters = new Parameters();
        var coarsest = parameters.Integer("order", order, HealpixCell.DeepestOrder, 0, HealpixCell.DeepestOrder);
        parameters.Check();
        var own = await known.GetAsync(survey, cancellationToken);
        var ticket = await grains.Coverage(own.Name).Space(own.Survey.FindSlice(slice).Name, cancellationToken);
        return Answer(own, form, ticket, $"{coarsest}", published, async () =>
        {
            var moc = ticket.Blob is { } blob ? await published.SpaceAsync(blob, CancellationToken.None)
                : Moc.Empty(ExposureCoverage.OrderFor(own.Survey.Tiling.PixelScaleDeg));
            moc = moc.Degrade(coarsest);
            return form.Format switch
            {
                CoverageFormat.Ascii => Encoding.ASCII.GetBytes(MocAscii.Format(moc)),
                CoverageFormat.Json => MocJson.Format(moc),
                _ => Fits(writer => MocFile.Write(writer, moc)),
            };
        });
    }

    private static async Task<MapFile> SpaceTimeAsync(
        string survey, string? slice, HttpContext context, KnownSurveys known, IGrainFactory grains, PublishedMocs published,
        CancellationToken cancellationToken)
    {
        var form = CoverageForm.Of(context);
        var own = await known.GetAsync(survey, cancellationToken);
        var ticket = await grains.Coverage(own.Name).SpaceTime(own.Survey.FindSlice(slice).Name, cancellationToken);
        if (ticket.WithoutTime > 0)
            context.Response.Headers[WithoutTime] = ticket.WithoutTime.ToString(CultureInfo.InvariantCulture);
        return Answer(own, form, ticket, "", published, async () =>
        {
            var moc = ticket.Blob is { } blob ? await published.SpaceTimeAsync(blob, CancellationToken.None)
                : SpaceTimeMoc.Of([], SpaceTimeMoc.FinestTimeOrder, ExposureCoverage.OrderFor(own.Survey.Tiling.PixelScaleDeg));
            return form.Format switch
            {
                CoverageFormat.Ascii => Encoding.ASCII.GetBytes(MocAscii.Format(moc)),
                CoverageFormat.Json => MocJson.Format(moc),
                _ => Fits(writer => MocFile.Write(writer, moc)),
            };
        });
    }

    private static MapFile Answer(
        KnownSurvey survey, CoverageForm form, CoverageTicket ticket, string variant, PublishedMocs published, Func<Task<byte[]>> make)
    {
        var version = ticket.Version();
        // The name of the blob has a hash of all that is in it.
        var content = ticket.Blob is { } blob ? Path.GetFileNameWithoutExtension(blob) : "empty";
        var fileName = form.Format == CoverageFormat.Fits
            ? $"{survey.Name}-coverage{(form.HasTimes ? "-times" : "")}{version.InName}-r{version.Revision}.fits" : null;
        return MapFile.Of(
            version, form.ContentType, fileName,
            token => ticket.Blob is null ? make() : published.FormAsync($"{ticket.Blob}/{form.Path}/{variant}", make, token),
            tag: $"\"{content}-{form.Format}-{variant}\"");
    }

    private static byte[] Fits(Action<FitsWriter> write)
    {
        using var content = new MemoryStream();
        using (var writer = new FitsWriter(content, leaveOpen: true)) write(writer);
        return content.ToArray();
    }

    private enum CoverageFormat
    {
        Ascii,
        Json,
        Fits,
    }

    private sealed record CoverageForm(string Path, string Name, CoverageFormat Format, bool HasTimes, string Summary)
    {
        public string MediaType =>
            Format switch { CoverageFormat.Ascii => "text/plain", CoverageFormat.Json => "application/json", _ => MapFile.Fits };

        public string ContentType => Format == CoverageFormat.Fits ? MediaType : $"{MediaType}; charset=utf-8";

        public static CoverageForm Of(HttpContext context) => context.GetEndpoint()!.Metadata.GetRequiredMetadata<CoverageForm>();
    }
}
