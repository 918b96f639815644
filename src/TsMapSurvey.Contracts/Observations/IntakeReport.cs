using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>The status of an intake.</summary>
/// <param name="States">Number of observations in each state that occurs.</param>
/// <param name="Waiting">Observations in the queue, those that wait for a retry included.</param>
/// <param name="ReconciledAt">When a listing of the store last completed.</param>
/// <param name="Fault">Why the last listing failed; null if it succeeded.</param>
/// <param name="Warnings">Warnings for the operator; default: none.</param>
/// <param name="InLine">Observations in the queue that are due, without those that wait for a retry.</param>
/// <param name="Skipped">First entries of the observations' folder that are not files (links, FIFOs), each with the reason.</param>
[GenerateSerializer, Immutable, Alias("tsmap.IntakeReport")]
public sealed record IntakeReport(
    [property: Id(0)] ImmutableArray<StateCount> States,
    [property: Id(1)] int Waiting,
    [property: Id(2)] int InFlight,
    [property: Id(3)] DateTimeOffset? ReconciledAt,
    [property: Id(4)] string? Fault,
    [property: Id(5)] int InLine,
    [property: Id(6)] ImmutableArray<string> Skipped,
    [property: Id(7)] ImmutableArray<string> Warnings = default);
