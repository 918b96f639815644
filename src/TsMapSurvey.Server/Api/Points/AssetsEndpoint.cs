using System.Globalization;
using TsMapSurvey.Contracts;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Names;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>An observation that contributes to a position.</summary>
/// <param name="Start">Start of the observation (UTC); null if its file states none.</param>
/// <param name="Night">The night it began in, as the MJD on which the night begins; null without a start.</param>
/// <param name="Exposure">At the position, in m2 s, weighted with the map's spectrum over its whole energy range; null if unknown.</param>
/// <param name="Hash">MD5 of its file's content in base64; null if unknown.</param>
/// <param name="Link">Path of its state and history in this API.</param>
internal sealed record AssetAnswer(
    string Name, DateTimeOffset? Start, int? Night, double? Exposure, string? Hash, string Link, string Tile, string Slice);

internal static class AssetsEndpoint
{
    /// <summary>Every file of a page is read, so pages are short.</summary>
    private const int MaxLimit = 50;

    public static void Map(RouteGroupBuilder survey) => TableForm.Map<IReadOnlyList<AssetAnswer>>(
        survey, "/point/{ra},{dec}/assets", GetAsync, "getAssets", PointEndpoints.Tag,
        "The observations that contribute to a position, ordered by name: those in the stack of its tile with exposure at the position. "
            + "The header Link has the URL of the next page, which may be empty");

    private static async Task<IResult> GetAsync(
        string survey, string ra, string dec, string? map, string? slice, string? frame, string? after, string? limit, HttpRequest request,
        [AsParameters] FormQuery format, [AsParameters] ServedSurveys served, IGrainFactory grains, ObservationFiles files,
        CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        var position = PointEndpoints.Position(parameters, ra, dec, frame);
        var own = await served.Known.GetAsync(survey, cancellationToken);
        var (mapName, sliceName) = (own.Survey.FindMap(map), own.Survey.FindSlice(slice).Name);
        var most = parameters.Integer("limit", limit, MaxLimit, 1, MaxLimit);
        if (after?.Length > 1000) parameters.Wrong("after", after, "a name of at most 1000 characters");
        var form = TableForm.Of(parameters, request, format.Format, TableForm.All);
        parameters.Check();
        var place = PointEndpoints.PlaceOf(own, position);
        var (isEmpty, window) = await served.Tickets.WindowAsync(own, sliceName, cancellationToken);
        var grain = grains.Tile(own.Name, place.Tile.ToString());
        var page = isEmpty ? new Page<Contribution>([], null) : await grain.Contributions(window, after, most, cancellationToken);
        var assets = new List<AssetAnswer>();
        foreach (var contribution in page.Items)
        {
            var file = await files.ReadAsync(own, contribution, place.Position, mapName, cancellationToken);
            if (file is { CoversPosition: false }) continue;
            assets.Add(Asset(own, contribution, file, place.Tile, sliceName));
        }

        var tile = await grain.GetSummary(cancellationToken);
        var version = new DataVersion(tile.Revision, tile.CommittedAt, false, window);
        var next = ApiRoutes.Next(
            request.Path, page.Next, ("map", map), ("slice", slice), ("frame", frame), ("limit", limit), ("format", format.Format));
        return new TableAnswer<IReadOnlyList<AssetAnswer>>(
            form, assets, () => Table(assets, own.Name, position), version, $"{own.Name}-assets{version.InName}-r{version.Revision}",
            next: next);
    }

    private static AssetAnswer Asset(KnownSurvey survey, Contribution contribution, ObservationFile? file, TileId tile, string slice)
    {
        var nights = survey.Survey.Nights;
        var start = contribution.StartS ?? file?.StartS;
        var path = string.Join('/', contribution.Name.Split('/').Select(Uri.EscapeDataString));
        return new AssetAnswer(
            contribution.Name, start is { } known ? TimeOf(known) : null, start is { } at ? nights.NightOf(at) : null, file?.ExposureM2S,
            contribution.Hash, $"{ApiRoutes.Surveys}/{survey.Name}/observations/{path}", tile.ToString(), slice);
    }

    private static DateTimeOffset TimeOf(double startS) =>
        DateTimeOffset.UnixEpoch.AddDays(TimeInterval.ReferenceMjd - UnixEpochMjd).AddSeconds(Math.Round(TimeScale.UtcS(startS), 3));

    private const int UnixEpochMjd = 40587;

    private static DataTable Table(IReadOnlyList<AssetAnswer> assets, string survey, SkyPosition position) => new(
        "assets", $"Observations of survey {survey} at {position}",
        [
            TableColumn.Of("name", assets.Select(one => one.Name), "Name of the observation", "meta.id;meta.main"),
            TableColumn.Of("start", assets.Select(one => Time(one.Start)), "Start of the observation (UTC)", "time.start"),
            TableColumn.Of("night", assets.Select(one => (long)(one.Night ?? -1)), "MJD on which its night begins; -1: unknown", "d", null),
            TableColumn.Of(
                "exposure", assets.Select(one => one.Exposure ?? double.NaN), "Exposure at the position", "m2 s", null),
            TableColumn.Of("hash", assets.Select(one => one.Hash ?? ""), "MD5 of the file in base64"),
            TableColumn.Of("link", assets.Select(one => one.Link), "Path of its state in this API", "meta.ref.url"),
        ],
        [("CREATOR", "TsMapSurvey"), ("SURVEY", survey)]);

    private static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture) ?? "";
}
