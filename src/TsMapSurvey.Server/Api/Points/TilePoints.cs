using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>
/// The published map and stack of one tile and one revision, from which its points are answered; or the stack alone, if there is no map.
/// </summary>
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

    /// <summary>Of answers that are fitted on the stack.</summary>
    public DataVersion StackVersion => Stack.Version() with { Stale = Map.Revision == Stack.Revision && Map.Stale };

    /// <summary>Whether map and stack are published and of one revision; an empty map has no blob.</summary>
    public bool IsComplete => Map.State is TicketState.Ready or TicketState.Empty && Stack.Blob is not null
        && Map.Revision == Stack.Revision && Map.Window == Stack.Window;

    public bool HasBlobsOf(TilePoints other) => Map.Blob == other.Map.Blob && Map.ComputedAt == other.Map.ComputedAt
        && Stack.Blob == other.Stack.Blob;
}

/// <summary>A position and the pixel that contains it.</summary>
/// <param name="X">In the image of the tile's own pixels.</param>
internal readonly record struct PointPlace(SkyPosition Position, TileId Tile, int X, int Y);
