namespace TsMapSurvey.Storage.Documents;

/// <summary>
/// The newest generation of an observation that a tile has handled without keeping a ledger entry of it. A late change of this generation
/// or an older one is ignored.
/// </summary>
/// <param name="At">When it was set. A fence is dropped once it is older than any message can be.</param>
public sealed record LedgerFence(string Observation, long Generation, DateTimeOffset At);
