namespace TsMapSurvey.Server.Access;

/// <summary>Marks an endpoint that checks keys itself, because it accepts another key too.</summary>
internal sealed record OwnKeyCheck;

/// <summary>Marks a POST that only reads, such as a list of positions in its body: a read permission suffices.</summary>
internal sealed record OnlyReads;
