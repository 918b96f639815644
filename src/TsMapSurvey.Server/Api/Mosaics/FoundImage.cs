using System.Collections.Immutable;
using TsMapSurvey.Contracts;
using TsMapSurvey.Maps;
using TsMapSurvey.Plots;
using TsMapSurvey.Server.Api.Pictures;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Published;

namespace TsMapSurvey.Server.Api.Mosaics;

/// <summary>The survey-wide image of a quantity that a request asks for: a mosaic on the survey's grid, or an image of the whole
/// sky.</summary>
/// <param name="Name">Names its content: equal names mean equal pixels.</param>
/// <param name="ReadAsync">Its pixels.</param>
/// <param name="OpenAsync">Its FITS file.</param>
/// <param name="Pending">The answer while there is no such image yet; null if there is one.</param>
internal sealed record FoundImage(
    string Map, string Quantity, ColorScale Scale, DataVersion Version, int TilesPending, ImmutableArray<MissingTile> Missing, string Name,
    Func<Task<Map<double>>> ReadAsync, Func<CancellationToken, Task<Stream>> OpenAsync, IResult? Pending)
{
    public static FoundImage Of(
        string map, string quantity, ColorScale scale, MosaicTicket ticket, PublishedMaps published, bool isFresh) => new(
            map, quantity, scale, ticket.Version(), ticket.TilesPending, ticket.MissingTiles(), ticket.Blob ?? "",
            () => published.ImageAsync(ticket.Blob!, CancellationToken.None), token => published.OpenPlainAsync(ticket.Blob!, token),
            ticket.Pending(isFresh));

    public static FoundImage Of(
        KnownSurvey survey, string map, string quantity, ColorScale scale, SkyImage sky, bool isFresh) => new(
            map, quantity, scale, sky.Version, sky.TilesPending, [.. sky.Missing], sky.Name,
            () => Task.FromResult(sky.Image),
            _ => Task.FromResult<Stream>(new MemoryStream(QuantityImage.Fits(sky.Image, quantity, survey.Name, null, sky.Version), false)),
            isFresh && sky.TilesPending > 0 ? TicketOutcome.Pending(sky.Version) : null);
}
