using System.Collections.Immutable;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Server;

/// <summary>How far a survey is.</summary>
/// <param name="Observations">All that were seen.</param>
/// <param name="Waiting">Seen, and nobody works on them yet.</param>
/// <param name="Tiles">Tiles with something stacked.</param>
/// <param name="ComputedAt">When a tile last changed.</param>
/// <param name="Stale">Whether observations are on their way into the tiles.</param>
/// <param name="ReconciledAt">When the store was last looked through.</param>
/// <param name="Fault">Why looking through the store failed; null when it did not.</param>
/// <param name="Missing">Tiles that cannot answer for now, each with the reason.</param>
internal sealed record StatusAnswer(
    string Survey, int Observations, int Received, int Planned, int Stacking, int Stacked, int Quarantined, int Changed, int Retracting, int Retracted,
    int Waiting, int InFlight, int Tiles, long Revision, DateTimeOffset? ComputedAt, bool Stale, DateTimeOffset? ReconciledAt, string? Fault, ImmutableArray<MissingTile> Missing)
{
    public static StatusAnswer Of(SurveyStatus status, IntakeReport intake)
    {
        int Count(ObservationState state) => status.Observations.FirstOrDefault(count => count.State == state)?.Count ?? 0;
        return new StatusAnswer(
            status.Survey, status.Observations.Sum(count => count.Count), Count(ObservationState.Received), Count(ObservationState.Planned),
            Count(ObservationState.Stacking), Count(ObservationState.Stacked), Count(ObservationState.Quarantined), Count(ObservationState.Changed),
            Count(ObservationState.Retracting), Count(ObservationState.Retracted), status.Waiting, status.InFlight, status.Tiles, status.Revision,
            status.CommittedAt, status.Waiting + status.InFlight > 0, status.ReconciledAt, intake.Fault,
            status.Missing.IsDefault ? [] : status.Missing);
    }
}
