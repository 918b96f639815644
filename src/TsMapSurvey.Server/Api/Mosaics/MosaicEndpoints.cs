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
            "A quantity of the whole survey as FITS, PNG, or JSON without pixels; without a common grid of the tiles, the whole sky in "
            + "pixels of 0.25 degrees (Hammer-Aitoff)");
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
        [AsParameters] ServedSurveys served, SkyImages sky, CancellationToken cancellationToken)
    {
        var published = served.Published;
        var found = await FindAsync(survey, quantity, plane, wait, picture, served, sky, cancellationToken);
        if (found.Pending is { } pending) return pending;
        var version = found.Version;
        return ImageForm.Of(context) switch
        {
            "fits" => new MapFile(
                version, MapFile.Fits, $"{survey}-{found.Map}-{found.Quantity}{version.InName}-r{version.Revision}.fits", found.OpenAsync),
            "png" => MapFile.Of(version, MapFile.Png, null, token => published.PictureAsync(
                $"{found.Name}/{picture}.png", found.ReadAsync, image => QuantityImage.Png(image, 0, found.Scale), token)),
            _ => new LiveJson<MosaicAnswer>(
                await published.UseAsync(await found.ReadAsync(), image => Json(found, image), cancellationToken), version),
        };
    }

    private static async Task<IResult> PreviewAsync(
        string survey, string? quantity, [AsParameters] PlaneQuery plane, [AsParameters] WaitQuery wait,
        [AsParameters] PictureQuery picture,
        [AsParameters] ServedSurveys served, SkyImages sky, CancellationToken cancellationToken)
    {
        var found = await FindAsync(survey, quantity, plane, wait, picture, served, sky, cancellationToken);
        return found.Pending ?? MapFile.Of(found.Version, MapFile.Png, null, token => served.Published.PictureAsync(
            $"{found.Name}/{picture}.preview.png",
            found.ReadAsync,
            image => MapPlot.Png(
                DataExtent.Crop(image),
                new MapPlotOptions
                {
                    Quantity = found.Quantity,
                    Title = $"{survey}: {found.Map}{Nights(found.Version.Window)}",
                    Scale = found.Scale with { Nan = Rgba.Grey }
                }),
            token));
    }

    private static async Task<IResult> StatisticsAsync(
        string survey, string? quantity, [AsParameters] PlaneQuery plane, [AsParameters] WaitQuery wait,
        [AsParameters] ServedSurveys served, SkyImages sky, CancellationToken cancellationToken)
    {
        var found = await FindAsync(survey, quantity, plane, wait, new PictureQuery(null, null, null), served, sky, cancellationToken);
        if (found.Pending is { } pending) return pending;
        var image = await found.ReadAsync();
        var statistics = await served.Published.UseAsync(image, all => MapStatistics.Of(all.Plane(0)), cancellationToken);
        var version = found.Version;
        return new LiveJson<StatisticsAnswer>(
            new StatisticsAnswer(found.Map, found.Quantity, image.Unit, version.Revision, version.ComputedAt, version.Stale, version.Slice,
                version.Window?.Start, version.Window?.End, statistics, found.Missing), version);
    }

    private static async Task<FoundImage> FindAsync(
        string survey, string? quantity, PlaneQuery plane, WaitQuery wait, PictureQuery picture, ServedSurveys served, SkyImages sky,
        CancellationToken cancellationToken)
    {
        var own = await served.Known.GetAsync(survey, cancellationToken);
        var map = own.Survey.FindMap(plane.Map);
        quantity = own.Survey.FindQuantity(map, string.IsNullOrEmpty(quantity) ? "sqrt_ts" : quantity);
        var parameters = new Parameters();
        var waitOptions = parameters.Wait(wait);
        var bin = QuantityNames.IsSummed(quantity) ? 0 : KnownSurvey.EnergyBin(parameters, plane.Energy, own.Axis(map, quantity)) ?? 0;
        if (QuantityNames.IsSummed(quantity) && !string.IsNullOrEmpty(plane.Energy))
            parameters.Wrong("energy", plane.Energy, $"none, since {quantity} of the survey is summed over energies");
        var scale = QuantityImage.Scale(parameters, quantity, picture);
        parameters.Check();
        var slice = own.Survey.FindSlice(plane.Slice).Name;
        if (own.Mosaic is null)
        {
            var layer = SkyImages.LayerOf(own, map, quantity, bin, slice);
            return FoundImage.Of(own, map, quantity, scale, await sky.GetAsync(own, layer, waitOptions, cancellationToken),
                waitOptions.Fresh);
        }

        var ticket = await served.Tickets.MosaicAsync(own, map, slice, quantity, bin, waitOptions, cancellationToken);
        return FoundImage.Of(map, quantity, scale, ticket, served.Published, waitOptions.Fresh);
    }

    private static MosaicAnswer Json(FoundImage found, Map<double> image)
    {
        var (version, scale, label) = (found.Version, found.Scale.Resolve(image.Plane(0)), QuantityLabels.Of(found.Quantity));
        return new MosaicAnswer(
            found.Map, found.Quantity, label.WithUnit(image.Unit), image.Geometry.Width, image.Geometry.Height, scale.Min!.Value,
            scale.Max!.Value, scale.Colormap.Name,
            RequestErrors.CamelCase(scale.Stretch.ToString()), version.Revision, version.ComputedAt, version.Stale,
            found.TilesPending, version.Slice, version.Window?.Start, version.Window?.End, found.Missing);
    }

    private static string Nights(SliceWindow? window) =>
        window is null ? "" : FormattableString.Invariant($", {window.Slice} to {window.End:yyyy-MM-dd}");
}
