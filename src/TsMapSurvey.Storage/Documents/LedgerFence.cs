namespace TsMapSurvey.Storage.Documents;

/// <summary>
/// The newest generation of an observation that a tile has taken note of without an entry of that generation in its ledger: a change of
/// this generation or an older one that arrives late is not made any more.
/// </summary>
/// <param name="At">When it was set; fences that are older than any message lives are dropped.</param>
public sealed record LedgerFence(string Observation, long Generation, DateTimeOffset At);
