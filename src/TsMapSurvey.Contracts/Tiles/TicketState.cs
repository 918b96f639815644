namespace TsMapSurvey.Contracts;

/// <summary>What a ticket is good for.</summary>
public enum TicketState
{
    /// <summary>The blob is there.</summary>
    Ready,

    /// <summary>What was asked for is being made: ask again. A blob, when named, is the newest there is.</summary>
    Computing,

    /// <summary>There is nothing to make it of; the reason tells why.</summary>
    Empty,

    /// <summary>Making it failed; the reason tells why. Asking again tries again. A blob, when named, is the newest there is.</summary>
    Failed,
}
