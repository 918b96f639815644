namespace TsMapSurvey.Storage.Notices;

/// <summary>A received message, which is invisible to other readers for a while.</summary>
/// <param name="Receipt">Permits deleting the message until another reader receives it.</param>
/// <param name="Takes">How often it was received, including this time.</param>
/// <param name="Text">The text as it was sent.</param>
public sealed record QueuedNotices(string Id, string Receipt, long Takes, string Text);
