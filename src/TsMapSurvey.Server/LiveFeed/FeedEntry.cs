namespace TsMapSurvey.Server.LiveFeed;

/// <summary>Something that happened to a survey.</summary>
/// <param name="Id">Of this server's life and, in order, of the event: 6745c8f01b2d3e4f-17.</param>
/// <param name="Type">observation, tile-updated, or reset: what was missed is not known any more, ask for all anew.</param>
/// <param name="Body">As the list of observations or tiles has it; null for a reset.</param>
internal sealed record FeedEntry(string Id, long Number, string Type, object? Body);
