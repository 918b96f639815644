using System.Globalization;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Server.Api;

/// <summary>The version of the data in an answer; the OpenAPI document explains it to clients.</summary>
/// <param name="Revision">Of the data in the answer: a tile's, or the sum over several tiles.</param>
/// <param name="ComputedAt">When the newest map in the answer was computed; without maps, when the newest stack was committed.</param>
/// <param name="Stale">Whether a map in the answer is of an earlier revision than the newest committed one.</param>
/// <param name="Window">The nights of the observations in the answer; null: all observations.</param>
/// <param name="Missing">Names of tiles that have data but are not in the answer, separated by commas; null if none is missing.</param>
internal readonly record struct DataVersion(
    long Revision, DateTimeOffset? ComputedAt, bool Stale, SliceWindow? Window = null, string? Missing = null)
{
    public const string MissingTiles = "Tsmap-Missing-Tiles";

    /// <summary>Further names are replaced by an ellipsis, to keep the header short.</summary>
    private const int MaxInHeader = 100;

    /// <summary>Distinguishes the file names of different windows.</summary>
    public string InName => Window is null ? "" : $"-{Window.Slice}-{Window.LastNight}";

    public string Slice => Window?.Slice ?? SliceWindow.All;

    /// <summary>
    /// A strong ETag for answers that depend only on this version. It includes the time, since a store that is emptied starts again with
    /// revision 1.
    /// </summary>
    public string ETag => string.Create(CultureInfo.InvariantCulture,
        $"\"{Revision}-{(Window is null ? "" : $"{Window.Slice}-{Window.LastNight}-")}{ComputedAt?.UtcTicks ?? 0:x}\"");

    public static string? Names(IReadOnlyCollection<MissingTile> missing) =>
        missing.Count == 0
            ? null : string.Join(',', missing.Take(MaxInHeader).Select(tile => tile.Tile)) + (missing.Count > MaxInHeader ? ",..." : "");

    /// <summary>Writes the headers, for answers whose body cannot contain the version.</summary>
    public void WriteTo(IHeaderDictionary headers)
    {
        headers["Tsmap-Revision"] = Revision.ToString(CultureInfo.InvariantCulture);
        headers["Tsmap-Stale"] = Stale ? "true" : "false";
        headers["Tsmap-Slice"] = Slice;
        if (Window is { } window)
        {
            headers["Tsmap-Window-Start"] = window.Start.ToString("O", CultureInfo.InvariantCulture);
            headers["Tsmap-Window-End"] = window.End.ToString("O", CultureInfo.InvariantCulture);
        }

        if (Missing is not null) headers[MissingTiles] = Missing;
        if (ComputedAt is { } at) headers["Tsmap-Computed-At"] = at.ToString("O", CultureInfo.InvariantCulture);
    }
}
