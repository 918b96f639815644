using System.Collections.Immutable;
using TsMapSurvey.Contracts;
using TsMapSurvey.Maps;
using TsMapSurvey.Plots;
using TsMapSurvey.Server.Api.Pictures;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Description;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Limits;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Server.Vo.Hips2Fits;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Mosaics;

/// <summary>Describes the survey-wide image of a quantity, without its pixels.</summary>
/// <param name="Min">Value at the lower end of the PNG's colormap; Max at the upper end.</param>
/// <param name="TilesPending">Number of tiles whose map is not of their newest stack.</param>
/// <param name="Missing">Tiles that have data but are not in the image, each with the reason.</param>
internal sealed record MosaicAnswer(
    string Map, string Quantity, string Text, int Width, int Height, double Min, double Max, string Colormap, string Stretch,
    long Revision, DateTimeOffset? ComputedAt, bool Stale, int TilesPending, string Slice, DateTimeOffset? WindowStart,
    DateTimeOffset? WindowEnd, ImmutableArray<MissingTile> Missing);

/// <param name="Statistics">With titiler's names.</param>
/// <param name="Missing">Tiles that have data but are not counted, each with the reason.</param>
internal sealed record StatisticsAnswer(
    string Map, string Quantity, string Unit, long Revision, DateTimeOffset? ComputedAt, bool Stale, string Slice,
    DateTimeOffset? WindowStart, DateTimeOffset? WindowEnd, MapStatistics Statistics,
    ImmutableArray<MissingTile> Missing);

internal static class MosaicEndpoints
{
    private const string Tag = "The whole survey";

    public static void Map(RouteGroupBuilder all)
    {
        var survey = all.MapGroup("").IsCostly();
        ImageForm.Map<MosaicAnswer>(survey, "/mosaic/{quantity}", ImageAsync, "getMosaic", Tag,
            "A quantity of the whole survey as FITS, PNG, or JSON without pixels");
        survey.MapGet("/preview.png", PreviewAsync).WithTags(Tag).WithName("getPreview")
            .WithSummary("A plot of the part of the survey that has data: sqrt_ts or another quantity, with axes, grid and colour bar")
            .Produces<Stream>(200, MapFile.Png).Produces<PendingAnswer>(202).WithVersionHeaders();
        survey.MapGet("/statistics", StatisticsAsync).WithTags(Tag).WithName("getStatistics")
            .WithSummary("Percentiles and histogram of a quantity of the whole survey")
            .Produces<StatisticsAnswer>().Produces<PendingAnswer>(202).WithVersionHeaders();
    }

    private static async Task<IResult> ImageAsync(
        string survey, string quantity, HttpContext context, [AsParameters] PlaneQuery plane, [AsParameters] WaitQuery wait,
        [AsParameters] PictureQuery picture,
        [AsParameters] ServedSurveys served, CancellationToken cancellationToken)
    {
        var published = served.Published;
        var found = await FindAsync(survey, quantity, plane, wait, picture, served, cancellationToken);
        if (found.Pending is { } pending) return pending;
        var (ticket, version) = (found.Ticket, found.Ticket.Version());
        return ImageForm.Of(context) switch
        {
            "fits" => new MapFile(version, MapFile.Fits, $"{survey}-{found.Map}-{quantity}{version.InName}-r{ticket.Revision}.fits",
                token => published.OpenPlainAsync(ticket.Blob!, token)),
            "png" => MapFile.Of(version, MapFile.Png, null, token => published.PictureAsync(
                $"{ticket.Blob}/{picture}.png", () => published.ImageAsync(ticket.Blob!, CancellationToken.None),
                image => QuantityImage.Png(image, 0, found.Scale), token)),
            _ => new LiveJson<MosaicAnswer>(
                await published.UseAsync(
                    await published.ImageAsync(ticket.Blob!, cancellationToken), image => Json(found, quantity, image), cancellationToken),
                        version),
        };
    }

    private static async Task<IResult> PreviewAsync(
        string survey, string? quantity, [AsParameters] PlaneQuery plane, [AsParameters] WaitQuery wait,
        [AsParameters] PictureQuery picture,
        [AsParameters] ServedSurveys served, LayerSampler sampler, CancellationToken cancellationToken)
    {
        quantity = string.IsNullOrEmpty(quantity) ? "sqrt_ts" : quantity;
        var own = await served.Known.GetAsync(survey, cancellationToken);
        if (own.Mosaic is null)
        {
            var (map, slice, bin, _, scale) = Asked(own, quantity, plane, wait, picture);
            var layer = SkyPreview.LayerOf(own, map, own.Survey.FindQuantity(map, quantity), bin, slice);
            return await SkyPreview.AnswerAsync(own, layer, scale, sampler, cancellationToken);
        }

        var found = await FindAsync(survey, quantity, plane, wait, picture, served, cancellationToken);
        var (ticket, published) = (found.Ticket, served.Published);
        return found.Pending ?? MapFile.Of(ticket.Version(), MapFile.Png, null, token => published.PictureAsync(
            $"{ticket.Blob}/{picture}.preview.png",
            () => published.ImageAsync(ticket.Blob!, CancellationToken.None),
            image => MapPlot.Png(
                DataExtent.Crop(image),
                new MapPlotOptions
                {
                    Quantity = quantity,
                    Title = $"{survey}: {found.Map}{Nights(ticket.Window)}",
                    Scale = found.Scale with { Nan = Rgba.Grey }
                }),
            token));
    }

    private static async Task<IResult> StatisticsAsync(
        string survey, string? quantity, [AsParameters] PlaneQuery plane, [AsParameters] WaitQuery wait,
        [AsParameters] ServedSurveys served, CancellationToken cancellationToken)
    {
        quantity = string.IsNullOrEmpty(quantity) ? "sqrt_ts" : quantity;
        var found = await FindAsync(survey, quantity, plane, wait, new PictureQuery(null, null, null), served, cancellationToken);
        if (found.Pending is { } pending) return pending;
        var image = await served.Published.ImageAsync(found.Ticket.Blob!, cancellationToken);
        var statistics = await served.Published.UseAsync(image, all => MapStatistics.Of(all.Plane(0)), cancellationToken);
        var version = found.Ticket.Version();
        return new LiveJson<StatisticsAnswer>(
            new StatisticsAnswer(found.Map, quantity, image.Unit, version.Revision, version.ComputedAt, version.Stale, version.Slice,
                version.Window?.Start, version.Window?.End, statistics, found.Ticket.MissingTiles()), version);
    }

    private static async Task<Found> FindAsync(
        string survey, string quantity, PlaneQuery plane, WaitQuery wait, PictureQuery picture, ServedSurveys served,
        CancellationToken cancellationToken)
    {
        var own = await served.Known.GetAsync(survey, cancellationToken);
        quantity = own.Survey.FindQuantity(own.Survey.FindMap(plane.Map), quantity);
        var (map, slice, bin, waitOptions, scale) = Asked(own, quantity, plane, wait, picture);
        var ticket = await served.Tickets.MosaicAsync(own, map, slice, quantity, bin, waitOptions, cancellationToken);
        return new Found(map, ticket, scale, ticket.Pending(waitOptions.Fresh));
    }

    private static (string Map, string Slice, int Bin, WaitOptions Wait, ColorScale Scale) Asked(
        KnownSurvey own, string quantity, PlaneQuery plane, WaitQuery wait, PictureQuery picture)
    {
        var map = own.Survey.FindMap(plane.Map);
        quantity = own.Survey.FindQuantity(map, quantity);
        var parameters = new Parameters();
        var waitOptions = parameters.Wait(wait);
        var bin = QuantityNames.IsSummed(quantity) ? 0 : KnownSurvey.EnergyBin(parameters, plane.Energy, own.Axis(map, quantity)) ?? 0;
        if (QuantityNames.IsSummed(quantity) && !string.IsNullOrEmpty(plane.Energy))
            parameters.Wrong("energy", plane.Energy, $"none, since {quantity} of the survey is summed over energies");
        var scale = QuantityImage.Scale(parameters, quantity, picture);
        parameters.Check();
        return (map, own.Survey.FindSlice(plane.Slice).Name, bin, waitOptions, scale);
    }

    private static MosaicAnswer Json(Found found, string quantity, Map<double> image)
    {
        var (ticket, scale, label) = (found.Ticket, found.Scale.Resolve(image.Plane(0)), QuantityLabels.Of(quantity));
        return new MosaicAnswer(
            found.Map, quantity, label.WithUnit(image.Unit), image.Geometry.Width, image.Geometry.Height, scale.Min!.Value,
            scale.Max!.Value, scale.Colormap.Name,
            RequestErrors.CamelCase(scale.Stretch.ToString()), ticket.Revision, ticket.ComputedAt, ticket.Version().Stale,
            ticket.TilesPending,
            ticket.Version().Slice, ticket.Window?.Start, ticket.Window?.End,
            ticket.MissingTiles());
    }

    private static string Nights(SliceWindow? window) =>
        window is null ? "" : FormattableString.Invariant($", {window.Slice} to {window.End:yyyy-MM-dd}");

    private sealed record Found(string Map, MosaicTicket Ticket, ColorScale Scale, IResult? Pending);
}
