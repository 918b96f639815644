namespace TsMapSurvey.Server.Api.Notices;

/// <summary>What was done with the events.</summary>
/// <param name="Taken">Number of events about observations of this survey.</param>
/// <param name="Ignored">Number of events about other blobs, or about blobs that do not exist any more.</param>
internal sealed record NotifyAnswer(int Taken, int Ignored);
