namespace TsMapSurvey.Server.Hosting;

/// <summary>Marks a POST that only reads: its parameters are in the body because they may be long. It needs no write key.</summary>
internal sealed record ReadingByPost;
