using System.Globalization;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Server.Api;

/// <summary>Of which state of the survey an answer is; the API's description says the same.</summary>
/// <param name="Revision">Of the data in the answer: a tile's, or the sum over tiles.</param>
/// <param name="ComputedAt">When the newest map in it was computed; without maps, when the newest stack was committed.</param>
/// <param name="Stale">Whether a map that it is made of, or speaks of, is of an earlier revision than the newest that is committed.</param>
/// <param name="Window">Whose observations it is made of; null: all.</param>
/// <param name="Missing">Names of tiles that have data and are not in it, with commas between; null where none is missing.</param>
internal readonly record struct Standing(
    long Revision, DateTimeOffset? ComputedAt, bool Stale, SliceWindow? Window = null, string? Missing = null)
{
    /// <summary>The header of <see cref="Missing"/>.</summary>
    public const string MissingTiles = "Tsmap-Missing-Tiles";

    /// <summary>A header stays short: so many are named, then an ellipsis follows.</summary>
    private const int MostInHeader = 100;

    /// <summary>What tells the names of files of several windows apart.</summary>
    public string InName => Window is null ? "" : $"-{Window.Slice}-{Window.LastNight}";

    public string Slice => Window?.Slice ?? SliceWindow.All;

    /// <summary>
    /// A strong tag of what is made of this revision alone. With the time, since a store that is emptied counts its revisions from one
    /// again.
    /// </summary>
    public string ETag => string.Create(CultureInfo.InvariantCulture,
        $"\"{Revision}-{(Window is null ? "" : $"{Window.Slice}-{Window.LastNight}-")}{ComputedAt?.UtcTicks ?? 0:x}\"");

    /// <summary>As a header has them.</summary>
    public static string? Names(IReadOnlyCollection<MissingTile> missing) =>
        missing.Count == 0
            ? null : string.Join(',', missing.Take(MostInHeader).Select(tile => tile.Tile)) + (missing.Count > MostInHeader ? ",..." : "");

    /// <summary>What a body without room for it cannot say.</summary>
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
