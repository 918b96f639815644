namespace TsMapSurvey.Server.Api.Notices;

/// <summary>What became of the events.</summary>
/// <param name="Taken">Of observations of this survey.</param>
/// <param name="Ignored">Of something else, or of what is there no longer.</param>
internal sealed record NotifyAnswer(int Taken, int Ignored);
