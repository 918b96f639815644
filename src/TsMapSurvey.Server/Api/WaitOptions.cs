namespace TsMapSurvey.Server.Api;

/// <summary>Whether an answer must contain the newest data, and how long it may take.</summary>
internal readonly record struct WaitOptions(bool Fresh, TimeSpan Timeout);
