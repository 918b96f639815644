using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Vo.Hips;

/// <summary>A version of a HiPS that a request names, or the newest one.</summary>
/// <param name="Data">For the headers of the answer.</param>
/// <param name="IsImmutable">Whether the request names the version.</param>
internal sealed record FoundHips(HipsVersion Version, DataVersion Data, bool IsImmutable);

/// <summary>What the endpoints of a HiPS need to answer.</summary>
internal sealed class HipsServices(
    KnownSurveys known, HipsVersions versions, HipsTiles tiles, CubeTiles cubes, HipsPictures pictures, LayerImages images)
{
    public HipsTiles Tiles { get; } = tiles;

    public CubeTiles Cubes { get; } = cubes;

    public HipsPictures Pictures { get; } = pictures;

    public LayerImages Images { get; } = images;

    /// <param name="request">Its path may name a version; otherwise it is the newest one.</param>
    public async Task<FoundHips> FindAsync(string survey, string layer, HttpRequest request, CancellationToken cancellationToken)
    {
        var own = await known.GetAsync(survey, cancellationToken);
        var wanted = own.Survey.FindLayer(layer);
        if (request.RouteValues["version"] is string version)
        {
            var found = await versions.FindAsync(own, wanted, version, cancellationToken);
            return new FoundHips(found, new DataVersion(found.Index.Revision, found.Index.MadeAt, false), true);
        }

        var (newest, ticket) = await versions.NewestAsync(own, wanted, cancellationToken);
        var missing = ticket.Missing.IsDefault ? null : DataVersion.Names(ticket.Missing);
        return new FoundHips(
            newest, new DataVersion(newest.Index.Revision, newest.Index.MadeAt, ticket.TilesPending > 0, null, missing), false);
    }
}
