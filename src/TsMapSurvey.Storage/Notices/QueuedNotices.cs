namespace TsMapSurvey.Storage.Notices;

/// <summary>A message in hand: other readers of the queue do not see it for a while.</summary>
/// <param name="Receipt">Allows to delete it as long as no other reader has taken it.</param>
/// <param name="Takes">How often it was taken, this time included.</param>
/// <param name="Text">As it was sent.</param>
public sealed record QueuedNotices(string Id, string Receipt, long Takes, string Text);
