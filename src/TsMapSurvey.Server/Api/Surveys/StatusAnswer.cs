using System.Collections.Immutable;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Server.Api.Surveys;

/// <summary>How far a survey is.</summary>
/// <param name="Observations">All that were seen.</param>
/// <param name="Waiting">Seen, and nobody works on them yet.</param>
/// <param name="Tiles">Tiles with something stacked.</param>
/// <param name="Revision">The sum of the revisions of the tiles' stacks.</param>
/// <param name="CommittedAt">When a tile's stack last changed.</param>
/// <param name="TilesPending">Tiles with a map that is not of their newest stack, or was never made.</param>
/// <param name="ComputedAt">When the newest of the tiles' maps was computed.</param>
/// <param name="Stale">Whether there are such tiles. Observations that are on their way are Waiting and InFlight.</param>
/// <param name="Warnings">What an operator should know though nothing failed; mostly empty.</param>
/// <param name="ReconciledAt">When the store was last looked through.</param>
/// <param name="Fault">Why looking through the store failed, or why the survey cannot be served; null when neither is so.</param>
/// <param name="Missing">Tiles that cannot answer for now, each with the reason.</param>
/// <param name="Skipped">What lies among the observations and is no file (links, FIFOs), each with the reason.</param>
internal sealed record StatusAnswer(
    string Survey, int Observations, int Received, int Planned, int Stacking, int Stacked, int Quarantined, int Changed, int Retracting,
    int Retracted,
    int Waiting, int InFlight, int Tiles, long Revision, DateTimeOffset? ComputedAt, bool Stale, DateTimeOffset? ReconciledAt,
    string? Fault,
    IReadOnlyList<string> Skipped, DateTimeOffset? CommittedAt, int TilesPending, IReadOnlyList<string> Warnings,
    ImmutableArray<MissingTile> Missing)
{
    /// <summary>Of a survey that cannot say itself how far it is.</summary>
    public static StatusAnswer OfFault(string survey, string fault) =>
        new(survey, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, false, null, fault, [], null, 0, [], []);

    public static StatusAnswer Of(SurveyStatus status, IntakeReport intake, IEnumerable<string> ofStore)
    {
        int Count(ObservationState state) => status.Observations.FirstOrDefault(count => count.State == state)?.Count ?? 0;
        return new StatusAnswer(
            status.Survey, status.Observations.Sum(count => count.Count), Count(ObservationState.Received), Count(ObservationState.Planned),
            Count(ObservationState.Stacking), Count(ObservationState.Stacked), Count(ObservationState.Quarantined),
            Count(ObservationState.Changed),
            Count(ObservationState.Retracting), Count(ObservationState.Retracted), status.Waiting, status.InFlight, status.Tiles,
            status.Revision,
            status.ComputedAt, status.TilesPending > 0, status.ReconciledAt, intake.Fault, intake.Skipped.IsDefault ? [] : intake.Skipped,
            status.CommittedAt, status.TilesPending, [.. status.Warnings.IsDefault ? [] : status.Warnings, .. ofStore],
            status.Missing.IsDefault ? [] : status.Missing);
    }
}
