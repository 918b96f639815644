namespace TsMapSurvey.Server.LiveFeed;

/// <summary>An event of a survey.</summary>
/// <param name="Id">A random id of this server's run and the event's number, for example 6745c8f01b2d3e4f-17.</param>
/// <param name="Type">observation, tile-updated, or reset: missed events are unknown, so the client must reload everything.</param>
/// <param name="Body">An entry of the list of observations or tiles; null for a reset.</param>
internal sealed record FeedEntry(string Id, long Number, string Type, object? Body);
