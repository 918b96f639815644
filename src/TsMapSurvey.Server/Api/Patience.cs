namespace TsMapSurvey.Server.Api;

/// <summary>How new an answer has to be, and how long it may take.</summary>
internal readonly record struct Patience(bool Fresh, TimeSpan Timeout);
