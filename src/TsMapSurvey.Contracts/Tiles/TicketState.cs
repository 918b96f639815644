namespace TsMapSurvey.Contracts;

/// <summary>The state of a ticket.</summary>
public enum TicketState
{
    /// <summary>The blob exists.</summary>
    Ready,

    /// <summary>The requested blob is being made; repeat the request. A named blob is the newest existing one.</summary>
    Computing,

    /// <summary>There is no data for it; the ticket has the reason.</summary>
    Empty,

    /// <summary>Making it failed; the ticket has the reason. Another request retries. A named blob is the newest existing one.</summary>
    Failed,
}
