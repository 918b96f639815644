using System.Globalization;

namespace TsMapSurvey.Server;

/// <summary>Of which state of the survey an answer is.</summary>
/// <param name="Stale">Whether the survey has gone on since.</param>
internal readonly record struct Standing(long Revision, DateTimeOffset? ComputedAt, bool Stale)
{
    /// <summary>
    /// A strong tag of what is made of this revision alone. With the time, since a store that is emptied counts its revisions from one again.
    /// </summary>
    public string ETag => string.Create(CultureInfo.InvariantCulture, $"\"{Revision}-{ComputedAt?.UtcTicks ?? 0:x}\"");

    /// <summary>What a body without room for it cannot say.</summary>
    public void WriteTo(IHeaderDictionary headers)
    {
        headers["Tsmap-Revision"] = Revision.ToString(CultureInfo.InvariantCulture);
        headers["Tsmap-Stale"] = Stale ? "true" : "false";
        if (ComputedAt is { } at) headers["Tsmap-Computed-At"] = at.ToString("O", CultureInfo.InvariantCulture);
    }
}
