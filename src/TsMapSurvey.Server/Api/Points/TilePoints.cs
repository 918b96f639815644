using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>The published map and stack of one tile, from which its points are answered.</summary>
internal sealed record TilePoints(KnownSurvey Survey, TileId Tile, string MapName, MapTicket Map, StackTicket Stack)
{
    public TsMapOptions Options => Survey.Survey.Maps[MapName];

    public DataVersion Version => Map.Version();

    /// <summary>
    /// Whether the map's norms are the best fits of this stack: both are of the same observations, and the fit was on the same pixels.
    /// </summary>
    public bool IsOfOneRevision => Map.Blob is not null && Stack.Blob is not null && Map.Revision == Stack.Revision
        && Map.Window == Stack.Window && !(Options.DownsamplingFactor > 1);

    /// <summary>The bounding box of the tile's own pixels in its stack.</summary>
    public PixelRegion Owned => Survey.Survey.OwnedPixels(Tile).Box;

    public static async Task<TilePoints> OpenAsync(
        KnownSurvey survey, TileId tile, string map, string slice, WaitOptions wait, Tickets tickets, CancellationToken cancellationToken)
    {
        var stack = tickets.StackAsync(survey, tile, slice, cancellationToken);
        var ticket = await tickets.MapAsync(survey, tile, map, slice, wait, cancellationToken);
        return new TilePoints(survey, tile, map, ticket, await stack);
    }
}

/// <summary>A position and the pixel that contains it.</summary>
/// <param name="X">In the image of the tile's own pixels.</param>
internal readonly record struct PointPlace(SkyPosition Position, TileId Tile, int X, int Y);
