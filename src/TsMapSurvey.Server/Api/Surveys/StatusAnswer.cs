using System.Collections.Immutable;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Server.Api.Surveys;

/// <summary>The progress of a survey.</summary>
/// <param name="Observations">Number of observations found.</param>
/// <param name="Waiting">Number of observations that were found but are not yet being processed.</param>
/// <param name="Tiles">Number of tiles with stacked data.</param>
/// <param name="Revision">The sum of the revisions of the tiles' stacks.</param>
/// <param name="CommittedAt">When a tile's stack last changed.</param>
/// <param name="TilesPending">Number of tiles with a map that is missing or not of their newest stack.</param>
/// <param name="ComputedAt">When the newest of the tiles' maps was computed.</param>
/// <param name="Stale">Whether there are such tiles. Observations that are not stacked yet are counted by Waiting and InFlight.</param>
/// <param name="Warnings">Conditions that an operator should know although nothing failed; usually empty.</param>
/// <param name="ReconciledAt">When the store was last listed completely.</param>
/// <param name="Fault">Why listing the store failed, or why the survey cannot be served; null if neither is the case.</param>
/// <param name="Missing">Tiles that cannot answer at present, each with the reason.</param>
/// <param name="Skipped">Entries among the observations that are not files (links, FIFOs), each with the reason.</param>
internal sealed record StatusAnswer(
    string Survey, int Observations, int Received, int Planned, int Stacking, int Stacked, int Quarantined, int Changed, int Retracting,
    int Retracted,
    int Waiting, int InFlight, int Tiles, long Revision, DateTimeOffset? ComputedAt, bool Stale, DateTimeOffset? ReconciledAt,
    string? Fault,
    IReadOnlyList<string> Skipped, DateTimeOffset? CommittedAt, int TilesPending, IReadOnlyList<string> Warnings,
    ImmutableArray<MissingTile> Missing)
{
    /// <summary>For a survey whose status cannot be determined.</summary>
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
